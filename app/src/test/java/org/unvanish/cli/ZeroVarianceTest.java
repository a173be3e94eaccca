package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that put out nothing but zeros are diagnosed and forecast like all others. */
class ZeroVarianceTest {

  private static final String SPEC =
      """
      name: own
      data: {source: %s, label-column: sold}
      network: [{dense: 4}, activation, {dense: 4}, activation, {dense: classes}]
      defaults: {activation: tanh, epochs: 1, seeds: 1, batch-size: 8}
      arms:
        - {name: glorot}
        - {name: zeros, initial-values: zeros}
      """;

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  private Path spec(boolean constant) throws IOException {
    StringBuilder table = new StringBuilder("size,rent,sold\n");
    for (int i = 0; i < 40; i++) {
      table.append(constant ? "3,5" : i + "," + 7 * i % 11).append(i % 2 == 0 ? ",yes\n" : ",no\n");
    }
    Path data = Files.writeString(folder.resolve("own.csv"), table);
    return Files.writeString(folder.resolve("own.yaml"), SPEC.formatted(data));
  }

  private String said(String... command) {
    assertThat(terminal.execute(command)).as(terminal.err()).isZero();
    return terminal.out().replaceAll("\\s+", " ");
  }

  @Test
  void constantInputsAreFound() throws IOException {
    String file = spec(true).toString();
    assertThat(said("diagnose", file, "--snapshots=0", "--json"))
        .contains(
            "\"constant-inputs\"",
            "All 32 training samples have the same inputs, so no network can tell them apart. Check how the data is read.");
    assertThat(said("forecast", file))
        .contains("At the initial weights the backpropagated gradient ");
  }

  @Test
  void weightsOfZeroAreForecast() throws IOException {
    String file = spec(false).toString();
    assertThat(said("forecast", file, "--arm=zeros"))
        .contains(
            "At the initial weights the backpropagated gradient is lost from the last layer to the first, typically and in root mean square.",
            "Draw the initial weights at random: weights of 0 pass no gradient on.");
    assertThat(said("forecast", file, "--arm=zeros", "--json"))
        .contains("\"critical_factor\" : null", "\"rms_log10\" : null");
  }
}
