package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that is raced, from end to end. */
class RaceCommandTest {

  private static final String SPEC =
      """
      name: race
      title: A race
      data: {source: circles, samples: 60}
      input-scaling: raw
      network:
        - dense: {units: 4, bias: true}
        - activation
        - dense: {units: targets, bias: true}
      defaults: {activation: tanh, batch-size: 16, epochs: 4, seeds: 2}
      sweep:
        settings:
          alpha: [0.5, 1, 2]
          learning-rate: [0.0001, 0.01, 0.1]
        racing: {first-epochs: 1, first-seeds: 1}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path file;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    file = Files.writeString(folder.resolve("race.yaml"), SPEC);
    out = folder.resolve("results");
  }

  private void succeed(String... arguments) {
    assertThat(terminal.execute(arguments)).as(terminal.err()).isZero();
  }

  @Test
  void armsAreDroppedWithAReasonTheSweepIsCompleteAndWithoutRacingItGoesOn() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    // Nine arms up to epoch 1 with a seed, then eight of them to the end with two: 65 of 72.
    assertThat(terminal.err())
        .contains("runs: 18 at most, because racing drops arms (--no-racing trains all)")
        .contains("stage 1 of 2: 9 arms with 1 seed to epoch 1")
        .contains("stage 2 of 2: 8 arms with 2 seeds to epoch 4")
        .doesNotContain("stopped: ");
    assertThat(terminal.out()).contains("wrote to " + out + ":\n", "dropped.csv");
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains(
            "Racing saved 10 % of the epochs: of 18 runs 2 were dropped, those of 1 of 9 arms."
                + " 1 arm was dropped early, by halving, which does not prove it worse.")
        .doesNotContain("No seed finished with both");
    List<String> dropped = Files.readAllLines(out.resolve("dropped.csv"));
    assertThat(dropped)
        .hasSize(2)
        .first()
        .isEqualTo("arm,stage,epochs,seeds,reason,place,of,went_on,score,rival,rival_score,p");
    assertThat(Files.readAllLines(out.resolve("epochs.csv"))).hasSize(1 + 1 + 8 * 2 * 4);
    assertThat(Files.readString(out.resolve("runs.csv")))
        .contains(",dropped,1,\"early, not proved worse: place ");

    succeed("status", out.toString());
    assertThat(terminal.out())
        .contains("2 dropped", "dropped: early, not proved worse: place 9 of 9")
        .doesNotContain("To continue");

    String epochs = Files.readString(out.resolve("epochs.csv"));
    String times = Files.readString(out.resolve("times.csv"));
    succeed("run", out.toString());
    assertThat(Files.readString(out.resolve("epochs.csv"))).isEqualTo(epochs);
    assertThat(Files.readString(out.resolve("times.csv"))).isEqualTo(times);
    assertThat(Files.readAllLines(out.resolve("dropped.csv"))).isEqualTo(dropped);

    Path merged = folder.resolve("merged");
    succeed("merge", out.toString(), "--out=" + merged);
    assertThat(terminal.out()).doesNotContain("have not ended");
    assertThat(Files.readAllLines(merged.resolve("dropped.csv"))).isEqualTo(dropped);

    succeed("run", out.toString(), "--no-racing");
    assertThat(terminal.err()).doesNotContain("racing drops arms");
    assertThat(Files.readAllLines(out.resolve("epochs.csv"))).hasSize(1 + 9 * 2 * 4);
    assertThat(Files.readAllLines(out.resolve("dropped.csv"))).hasSize(1);
    assertThat(Files.readString(out.resolve("runs.csv"))).doesNotContain("dropped");
    // What is stored has no race any more, so that it stays so.
    assertThat(Files.readString(out.resolve("race.yaml"))).contains("racing: none");
  }

  @Test
  void aShardIsNotRaced() {
    assertThat(terminal.execute("run", file.toString(), "--out=" + out, "--shard=1/2")).isOne();
    assertThat(terminal.err())
        .contains("add --no-racing: a shard cannot race, because racing compares all runs of race");
  }
}
