package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands beside those of {@link ExamplesTest} say of recurrent networks. */
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
}
