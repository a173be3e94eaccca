package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandsTest {

  private static final String SPEC =
      """
      name: own
      data: {source: circles, samples: 60}
      network:
        - repeat: 2
          layers: [{dense: {units: 4, bias: true}}, activation]
        - {dense: {units: targets, bias: true}}
      defaults: {activation: tanh, epochs: 2, seeds: 2}
      arms: [{name: plain, activation: relu}]
      sweep:
        settings:
          alpha: {from: 1, to: 4, count: 3, scale: log}
          depth: [1, 2]
          r: [0, 0.01]
      """;

  @TempDir Path folder;

  @Test
  void aSweepIsCheckedRunComparedAndReported() throws IOException {
    Path spec = Files.writeString(folder.resolve("own.yaml"), SPEC);
    Path out = folder.resolve("out");

    Terminal check = new Terminal(folder.resolve("cache"));
    assertThat(check.execute("check", spec.toString())).as(check.err()).isZero();
    assertThat(check.out())
        .contains("sweep: grid of 12 arms\n  alpha: {from: 1, to: 4, count: 3, scale: log}\n")
        .contains("runs: 26\n")
        .contains("arm \"α = 1, depth = 1, r = 0\"", "arm \"α = 4, depth = 2, r = 0.01\"")
        .doesNotContain("α = 2");

    Terminal run = new Terminal(folder.resolve("cache"));
    assertThat(run.execute("run", spec.toString(), "--out=" + out)).as(run.err()).isZero();
    assertThat(run.out()).contains("Best of 12 arms: ", "What matters: ", "\nplain ");
    assertThat(out.resolve("own-heatmap.svg")).exists();
    assertThat(out.resolve("own-marginals.png")).exists();
    assertThat(Files.readAllLines(out.resolve("sweep.csv")))
        .hasSize(13)
        .startsWith(
            "arm,alpha,depth,r,final_accuracy,final_accuracy_low,final_accuracy_high,n,runs,"
                + "first_gradient,unfinished");

    Terminal compare = new Terminal(folder.resolve("cache"));
    assertThat(compare.execute("compare", out.toString(), "--verbose")).as(compare.err()).isZero();
    assertThat(compare.out()).contains("setting  explains", "best over the other");
    // One that somebody chose and the four best: ten pairs of four measures.
    assertThat(compare.out().lines().filter(line -> line.contains("higher in "))).hasSize(40);

    Terminal json = new Terminal(folder.resolve("cache"));
    assertThat(json.execute("compare", out.toString(), "--json")).as(json.err()).isZero();
    JsonNode sweep = new ObjectMapper().readTree(json.out()).at("/experiments/0/sweep");
    assertThat(sweep.at("/points")).hasSize(12);
    assertThat(sweep.at("/points/0").fieldNames())
        .toIterable()
        .containsExactly(
            "arm",
            "at",
            "final_score",
            "final_score_low",
            "final_score_high",
            "n",
            "runs",
            "first_gradient",
            "unfinished");
    assertThat(sweep.at("/points/0/at").toString())
        .isEqualTo("{\"alpha\":1.0,\"depth\":1.0,\"r\":0.0}");
    assertThat(sweep.at("/settings")).hasSize(3);

    Terminal report = new Terminal(folder.resolve("cache"));
    assertThat(report.execute("report", out.toString())).as(report.err()).isZero();
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("\"marginals\":[{\"setting\":", "\"arms\":12,");
  }

  @Test
  void reproduceAlphaIsASweepThatSharesRunsWithFigure3() throws IOException {
    Path out = folder.resolve("results");
    Terminal terminal = new Terminal(folder.resolve("cache"));
    int code =
        terminal.execute(
            "reproduce",
            "figure3",
            "alpha",
            "--data=synthetic",
            "--train-samples=32",
            "--seeds=1",
            "--epochs=1",
            "--out=" + out);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("Best of 22 arms: ");
    assertThat(Files.readAllLines(out.resolve("alpha").resolve("sweep.csv"))).hasSize(23);
    assertThat(times(out, "alpha", "α = 2, r = 0.01"))
        .isEqualTo(times(out, "figure3", "tanh, r = 0.01, α = 2"));
  }

  /** To the last digit those of one run, or of another. */
  private static String times(Path out, String name, String arm) throws IOException {
    return Files.readAllLines(out.resolve(name).resolve("times.csv")).stream()
        .filter(line -> line.startsWith('"' + arm + '"'))
        .findFirst()
        .orElseThrow()
        .replace('"' + arm + '"', "");
  }
}
