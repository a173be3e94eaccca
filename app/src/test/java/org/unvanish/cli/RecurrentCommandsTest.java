package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands beside those of {@link ExampleVerdictsTest} say of recurrent networks. */
class RecurrentCommandsTest {

  @TempDir Path folder;

  @Test
  void checkListsThemAndAForecastSaysThatItLeavesThemOut() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            name: own
            data: {source: adding, steps: 9, samples: 50}
            network: [{recurrent: {units: 5, output: all}}, lstm: 4, dense: targets]
            arms: [{name: one, activation: {function: tanh, alpha: 2}}]
            """);
    Terminal check = new Terminal(folder.resolve("cache"));
    assertThat(check.execute("check", spec.toString())).as(check.err()).isZero();
    assertThat(check.out()).containsPattern("1 +\\{recurrent: .* 5×9×1 +40\\n").contains("lstm");
    Terminal forecast = new Terminal(folder.resolve("cache"));
    assertThat(forecast.execute("forecast", spec.toString())).as(forecast.err()).isZero();
    assertThat(forecast.out().replaceAll("\\s+", " "))
        .contains("There is no forecast of the whole network")
        .contains("recurrent1, lstm1: The forecast does not cover recurrent layers");
    Terminal equivalent = new Terminal(folder.resolve("cache"));
    assertThat(equivalent.execute("equivalent", spec.toString())).isNotZero();
    assertThat(equivalent.err()).contains("reads its own state");
  }

  /** The rest of the network is steady, but what vanishes does so in the layer that is left out. */
  @Test
  void aForecastBehindARecurrentLayerDoesNotSayThatAllIsWell() throws IOException {
    Path spec =
        spec("{source: adding, steps: 9, samples: 50}", "gru: 5, dense: targets", "[{name: one}]");
    Terminal forecast = new Terminal(folder.resolve("cache"));
    assertThat(forecast.execute("forecast", spec.toString())).as(forecast.err()).isZero();
    assertThat(forecast.out().replaceAll("\\s+", " "))
        .contains("The forecast leaves out the backward pass inside gru1.")
        .contains("Run unvanish diagnose to measure what theory does not cover.")
        .doesNotContain("Change nothing");
  }

  private Path spec(String data, String layers, String arms) throws IOException {
    return Files.writeString(
        folder.resolve("own.yaml"),
        """
        name: own
        data: %s
        network: [%s]
        defaults: {activation: tanh, epochs: 2, seeds: 2, batch-size: 16}
        arms: %s
        """
            .formatted(data, layers, arms));
  }

  private void refuse(String message, Path spec, String... options) {
    for (String command : List.of("check", "run")) {
      List<String> line = new ArrayList<>(List.of(command, spec.toString()));
      line.addAll(List.of(options));
      Terminal terminal = new Terminal(folder.resolve("cache"));
      assertThat(terminal.execute(line.toArray(String[]::new))).as(terminal.out()).isEqualTo(1);
      assertThat(terminal.err().replaceAll("\\s+", " ")).contains(message);
      assertThat(folder.resolve("results")).as("nothing has started").doesNotExist();
    }
  }

  /** 1,000 runs of 7 values for each of 1,000 units in 4,000 steps of 16 samples, and more. */
  @Test
  void moreStepsThanTheMemoryHoldsAreRefusedWithTheNumbers() throws IOException {
    Path spec =
        spec(
            "{source: adding, steps: 4000, samples: 40}",
            "{lstm: 1000}, {dense: targets}",
            "[{name: one, seeds: 1000}]");
    Terminal terminal = new Terminal(folder.resolve("cache"));
    assertThat(terminal.execute("check", spec.toString(), "--workers=1000")).isEqualTo(1);
    assertThat(terminal.err())
        .containsPattern(
            "1000 runs at a time and the data need at least 18\\d\\d\\.\\d GiB of memory, but Java may"
                + " use no more than ");
    refuse("1000 runs at a time and the data need at least 18", spec, "--workers=1000");
  }

  @Test
  void drawnSequencesOfNoneOrOneStepAreRefused() throws IOException {
    String network = "{recurrent: 3}, {dense: targets}";
    String arm = "[{name: one}]";
    refuse(
        "own.yaml:2:44: steps must be a whole number from 1",
        spec("{source: adding, samples: 40, steps: 0}", network, arm));
    refuse(
        "adding needs at least 2 steps, but \"steps\" is 1.",
        spec("{source: adding, samples: 40, steps: 1}", network, arm));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,1,p b,2,p c,1,q d,1,q         | has one step: no value of the column "id" is in two rows
          a,1,p b,2,q a,3,p               | line 4, column "id": the sequence "a" began in line 2, and appears again after "b"
          a,1,p a,2,p b,2,q b,2,p         | line 5, column "label": the target is "p" here, but "q" in the earlier rows of the sequence "b"
          a,1,p a,,p b,2,q b,2,q          | line 3, column "x"
          """)
  void aTableWhoseSequencesAreNoneIsRefused(String rows, String message) throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("own.csv"), "id,x,label\n" + rows.replace(' ', '\n') + "\n");
    refuse(
        message,
        spec(
            "{source: %s, sequence-column: id}".formatted(table),
            "{recurrent: 3}, {dense: classes}",
            "[{name: one}]"));
  }

  @Test
  void aRunThatExplodesIsRecordedAndTheOthersGoOn() throws IOException {
    Path spec =
        spec(
            "{source: adding, steps: 50, samples: 40}",
            "{recurrent: 3}, {dense: targets}",
            """
            [{name: explodes, activation: identity,
              initial-values: {weights: glorot, recurrent: {identity: {gain: 1000}}}}, {name: stays}]\
            """);
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results");
    assertThat(terminal.execute("run", spec.toString(), "--out=" + out))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out().replace('\n', ' '))
        .contains("2 of 4 runs diverged: “explodes with seed 1” (in epoch 1 at step 1)");
    assertThat(Files.readString(out.resolve("runs.csv")))
        .isEqualTo(
            """
            arm,seed,outcome,epochs_done,detail
            explodes,1,diverged,0,in epoch 1 at step 1
            explodes,2,diverged,0,in epoch 1 at step 1
            stays,1,finished,2,
            stays,2,finished,2,
            """);
  }
}
