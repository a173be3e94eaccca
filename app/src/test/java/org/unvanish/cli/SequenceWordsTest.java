package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of sequences. */
class SequenceWordsTest {

  private static final String SPEC =
      """
      name: own
      data: %s
      network:
        - dense: 3
        - activation
        - dense: %s
      defaults: {activation: tanh, epochs: 1, seeds: 1, batch-size: 32}
      arms: [{name: plain%s}]
      """;

  @TempDir Path folder;

  private Terminal terminal(String data, String outputs, String arm) throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path spec = Files.writeString(folder.resolve("own.yaml"), SPEC.formatted(data, outputs, arm));
    terminal.execute("check", spec.toString());
    return terminal;
  }

  /** A source of ten walks of two to five steps. */
  private String walks() throws IOException {
    StringBuilder table = new StringBuilder("walk,second,speed,turn,label\n");
    for (int i = 0; i < 10; i++) {
      for (int step = 0; step < 2 + i % 4; step++) {
        table.append("w%d,%d,%d,%d,%s\n".formatted(i, step, 9 * i, step, i % 2 == 0 ? "a" : "b"));
      }
    }
    Path file = Files.writeString(folder.resolve("walks.csv"), table);
    return "{source: %s, sequence-column: walk, time-column: second}".formatted(file);
  }

  @Test
  void checkTellsHowLongTheSequencesOfATableAre() throws IOException {
    Terminal terminal = terminal(walks(), "classes", "");
    assertThat(terminal.out())
        .as(terminal.err())
        .contains(
            "8 training and 2 test sequences of 2 to 5 steps (2 inputs a step) in 2 classes,"
                + " columns scaled to [0, 1]")
        .contains("in the data they go from 0 to ");
  }

  @Test
  void checkTellsWhatIsAStepOfAnImage() throws IOException {
    assertThat(terminal("{source: synthetic, steps: rows}", "classes", "").out())
        .contains("a step for each row")
        .contains("test sequences of 32 steps (96 inputs a step) in 10 classes, pixels scaled");
  }

  @Test
  void checkTellsWhatIsDrawn() throws IOException {
    assertThat(
            terminal(
                    "{source: adding, samples: 100, steps: 20}",
                    "targets",
                    ", loss: mean-squared-error")
                .out())
        .contains("adding (100 samples, 20 steps)")
        .contains(
            "80 training and 20 test sequences of 20 steps (2 inputs a step) with 1 numeric "
                + "target: sum");
  }

  @Test
  void moreStepsThanFitAreRefusedBeforeAnythingStarts() throws IOException {
    Terminal terminal =
        terminal("{source: adding, steps: 40000}", "targets", ", loss: mean-squared-error");
    assertThat(terminal.out() + terminal.err())
        .contains("the longest of 40,000 steps")
        .contains("at most 26,843 steps fit");
  }

  @Test
  void aTableOfSequencesIsTrainedOnReportedAndDiagnosedWithoutAWordOfImages() throws IOException {
    Terminal terminal = terminal(walks(), "classes", "");
    String spec = folder.resolve("own.yaml").toString();
    Path out = folder.resolve("out");
    requireNoImages(terminal, "run", spec, "--out=" + out);
    requireNoImages(terminal, "report", out.toString());
    requireNoImages(terminal, "diagnose", spec, "--snapshots=0");
    requireNoImages(terminal, "forecast", spec);
    assertThat(Files.readString(out.resolve("own.svg")))
        .contains("8 training and 2 test sequences")
        .doesNotContainPattern("[Ii]mages|[Pp]ixels");
    // A resumed run finds the same data.
    requireNoImages(terminal, "run", spec, "--out=" + out);
  }

  private static void requireNoImages(Terminal terminal, String... command) {
    assertThat(terminal.execute(command)).as(terminal.err()).isZero();
    assertThat(terminal.out() + terminal.err())
        .doesNotContainPattern("[Ii]mages?\\b|[Pp]ixels?\\b");
  }
}
