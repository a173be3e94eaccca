package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.spec.ExperimentSpec;

/** The measurement of `depth`, small and from end to end. */
class DepthMeasurementTest {

  private static final List<String> SETTINGS =
      List.of("σ_w = 0.8", "σ_w = 1", "σ_w = 1.5", "σ_w = 1.2, σ_b = 0.3");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void whatIsProbedIsKeptAndTheSameCommandGoesOnToTheSameBits() throws IOException {
    Path whole = folder.resolve("whole");
    measure("[1, 2, 3, 4, 5, 6]", 1, whole);
    String text = out.toString();
    assertThat(text)
        .containsPattern("6 layers, σ_w = 0.8, α = 1 +−0[.]")
        .contains("confirmed       depth: 19 of 20 forecasts")
        .contains("confirmed       depth: σ_w = 0.8 without biases: α = 2 gains at most log₁₀ 2")
        .contains("wrote " + whole.resolve("depth.csv"), "wrote " + whole.resolve("depth.png"));
    assertThat(Files.readString(whole.resolve("claims.csv")))
        .startsWith("claim,experiment,statement,verdict,evidence\ndepth.forecast,depth,");
    assertThat(Files.readAllLines(whole.resolve("depth-seeds.csv")))
        .hasSize(1 + 6 * 2 * (3 * 3 + 4));

    Path parts = folder.resolve("parts");
    measure("[1, 2]", 2, parts);
    assertThat(out.toString()).contains("undecided       depth: 19 of 20 forecasts");
    // As if it had been killed early: what is not there is measured, and nothing else.
    Path seeds = parts.resolve("depth-seeds.csv");
    List<String> lines = Files.readAllLines(seeds);
    String edited = lines.get(1).replaceFirst("[^,]+$", "-7.25");
    Files.write(seeds, List.of(lines.get(0), edited, lines.get(2)));
    measure("[1, 2, 3, 4, 5, 6]", 2, parts);
    List<String> after = Files.readAllLines(seeds);
    assertThat(after).contains(edited);
    after.set(after.indexOf(edited), lines.get(1));
    assertThat(after).isEqualTo(Files.readAllLines(whole.resolve("depth-seeds.csv")));

    // All is there: only told once more, into the same files.
    measure("[1, 2, 3, 4, 5, 6]", 2, whole);
    assertThat(out.toString()).isEqualTo(text);
  }

  @Test
  void aFileOfSomebodyElseIsLeftAsItIs() throws IOException {
    Path seeds = folder.resolve("depth-seeds.csv");
    Files.writeString(seeds, "mine\n");
    assertThatThrownBy(() -> measure("[1]", 1, folder))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("depth-seeds.csv exists already");
    assertThat(seeds).hasContent("mine\n");
  }

  private void measure(String seeds, int workers, Path into) {
    out.getBuffer().setLength(0);
    PrintWriter err = new PrintWriter(new StringWriter());
    new DepthMeasurement(ExperimentSpec.parse(spec(seeds), "depth.yaml"), into, workers)
        .run(
            new DataCatalog(folder),
            new ProgressLine(err, 0, System::nanoTime),
            new PrintWriter(out));
  }

  /** The arms of the shipped spec, with 3 and 6 narrow layers. */
  private static String spec(String seeds) {
    StringBuilder arms = new StringBuilder();
    for (int layers : new int[] {3, 6}) {
      for (String setting : SETTINGS) {
        boolean biases = setting.contains("σ_b");
        for (String alpha : biases ? List.of("1", "2", "2.85", "8") : List.of("1", "2", "8")) {
          String gain = setting.substring("σ_w = ".length()).split(",", 2)[0];
          arms.append(
              """
                - name: "%d layers, %s, α = %s"
                  network: [{average-pooling: 4}, {repeat: %d, layers: [{dense: {units: 48, bias: %b}}, activation]}, dense: classes]
                  activation: {function: tanh, alpha: %s}
                  initial-values: {weights: {lecun: {gain: %s}}, biases: %s}
              """
                  .formatted(
                      layers,
                      setting,
                      alpha,
                      layers - 1,
                      biases,
                      alpha,
                      gain,
                      biases ? "{normal: 0.3}" : "zeros"));
        }
      }
    }
    return """
    name: depth
    data: {source: synthetic, train-samples: 160, seed: 3}
    input-scaling: standardised
    defaults: {batch-size: 16, epochs: 1, seeds: %s}
    arms:
    %s"""
        .formatted(seeds, arms);
  }
}
