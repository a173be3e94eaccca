package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of the phase diagram's script, in a browser. */
class MeanFieldScriptTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** About 19 digits of each number; also the oracle of {@code org.unvanish.meanfield}. */
  private static final Path REFERENCE =
      Path.of("../core/src/test/resources/org/unvanish/meanfield/reference.csv");

  private static final double PERCENT = 1e-10;

  private static final String NUMBERS =
      """
      const theory = Unvanish.meanField;
      return JSON.stringify(JSON.parse(arguments[0]).map(row => {
        const number = key => Number(row[key]);
        const name = row.activation;
        switch (row.kind) {
          case 'moment': return theory.moments(name, number('q'));
          case 'fixed': return theory.fixedPoint(name, number('sigma_w'), number('sigma_b') / number('alpha'));
          default: return {
            sigmaW: theory.criticalSigmaW(name, number('sigma_b')),
            sigmaB: theory.criticalSigmaB(name, number('sigma_w_critical')),
          };
        }
      }));
      """;

  @TempDir Path folder;

  @Test
  void momentsFixedPointsAndTheCriticalLineAreThoseOfTheReference() throws IOException {
    List<Map<String, String>> rows = reference();
    JsonNode found = run(NUMBERS, rows);
    int compared = 0;
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> row = rows.get(i);
      JsonNode js = found.get(i);
      String what = row.toString();
      switch (row.get("kind")) {
        case "moment" -> {
          same(js.get("square"), number(row, "mean_square_f"), what);
          same(js.get("slope"), number(row, "mean_square_derivative"), what);
        }
        case "fixed" -> {
          double alpha = number(row, "alpha");
          same(js.get("q"), number(row, "q") / (alpha * alpha), what);
          same(js.get("factor"), number(row, "chi_1"), what);
        }
        case "critical" -> {
          same(js.get("sigmaW"), number(row, "sigma_w_critical"), what);
          if (number(row, "sigma_b") > 0) {
            // The bias is the small difference of two numbers near the axis.
            assertThat(js.get("sigmaB").asDouble())
                .as(what)
                .isCloseTo(number(row, "sigma_b"), withinPercentage(1e-6));
          }
        }
        default -> throw new AssertionError("no such kind: " + what);
      }
      compared++;
    }
    assertThat(compared).as("rows of the reference").isGreaterThan(95);
  }

  private static void same(JsonNode found, double expected, String what) {
    assertThat(found.asDouble()).as(what).isCloseTo(expected, withinPercentage(PERCENT));
  }

  @Test
  void everyPointOfALineHasTheDepthScaleThatTheLineHas() throws IOException {
    JsonNode worst =
        run(
            """
            const theory = Unvanish.meanField;
            const found = {};
            for (const name of theory.names) {
              for (const scale of [3, 10, 100, Infinity, -100, -10, -3]) {
                const factor = Math.exp(-1 / scale);
                const curve = theory.contour(name, factor).filter(point => point[1] < 3);
                const step = Math.max(1, Math.floor(curve.length / 12));
                curve.filter((point, i) => i % step === 0).forEach(([sigmaW, sigmaB]) => {
                  const off = Math.abs(theory.fixedPoint(name, sigmaW, sigmaB).factor - factor);
                  found[name] = Math.max(found[name] ?? 0, off);
                });
              }
            }
            return JSON.stringify(found);
            """,
            List.of());
    assertThat(worst).hasSize(7);
    worst
        .fields()
        .forEachRemaining(
            of -> assertThat(of.getValue().asDouble()).as(of.getKey()).isCloseTo(0, within(1e-5)));
  }

  /** Proposition 4 of the theory of scaling, and what the page's sentence makes of it. */
  @Test
  void withoutBiasesNoScaleGainsMoreThanThePageSays() throws IOException {
    JsonNode found =
        run(
            """
            const theory = Unvanish.meanField;
            const found = [];
            for (const name of ['tanh', 'arctan', 'softsign', 'erf', 'logistic']) {
              for (const sigmaW of [0.5, 1, 1.5, 5, 12]) {
                for (const alpha of [1.1, 2, 8]) {
                  for (const depth of [2, 5, 40]) {
                    const network = {name, sigmaW, sigmaB: 0, naive: 1, depth, meanSquare: 1.3};
                    const sum = layers => layers.reduce((total, layer) => total + layer.log10, 0);
                    const plain = theory.stack({...network, alpha: 1});
                    const gain = sum(theory.stack({...network, alpha})) - sum(plain);
                    found.push([gain, theory.mostGain(name, alpha, sigmaW, plain)]);
                  }
                }
              }
            }
            return JSON.stringify(found);
            """,
            List.of());
    assertThat(found).hasSize(225);
    found.forEach(
        pair ->
            assertThat(pair.get(0).asDouble())
                .isBetween(-1e-12, pair.get(1).asDouble() + 1e-12));
  }

  @Test
  void stacksKeepWhatTheNoteTellsOfThreeHundredLayers() throws IOException {
    JsonNode found =
        run(
            """
            const kept = alpha => Unvanish.meanField
                .stack({name: 'tanh', sigmaW: 1.2, sigmaB: 0.3, alpha, naive: 1, depth: 300, meanSquare: 1})
                .reduce((sum, layer) => sum + layer.log10, 0);
            return JSON.stringify([1, 2, 8].map(kept));
            """,
            List.of());
    assertThat(found.get(0).asDouble()).isCloseTo(-9.20, within(0.005));
    assertThat(found.get(1).asDouble()).isCloseTo(-1.83, within(0.005));
    assertThat(found.get(2).asDouble()).isCloseTo(2.27, within(0.005));
  }

  /** Without correlations, of which the page says nothing. */
  private static List<Map<String, String>> reference() throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE);
    String[] names = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], cells[i]);
      }
      if (!row.get("kind").equals("correlation")) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private JsonNode run(String script, Object argument) throws IOException {
    Path page = folder.resolve("playground.html");
    Files.writeString(page, Playground.page());
    try (Browser browser = Browser.open()) {
      browser.visit(page, "");
      return JSON.readTree((String) browser.run(script, JSON.writeValueAsString(argument)));
    }
  }
}
