package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {

  @TempDir Path folder;

  @Test
  void figuresOnSyntheticImagesAreWrittenAndTheClaimsChecked() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("new").resolve("results");
    int code =
        terminal.execute(
            "reproduce",
            "figure2",
            "figure1",
            "--seeds=2",
            "--epochs=1",
            "--train-samples=320",
            "--workers=2",
            "--out=" + out);

    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err())
        .contains("CIFAR-10 is not installed")
        .contains("unvanish data install cifar10")
        .containsSubsequence(
            "figure1 on synthetic images (seed 1)", "figure2 on synthetic images (seed 1)")
        .contains("arms: 2, runs: 4, runs at a time: 2");
    assertThat(terminal.out())
        .contains("tanh", "tanh, α = 2", "2 finished")
        .contains("undecided       figure1: “unregularized and regularized training")
        .contains("wrote " + out.resolve("figure2").resolve("figure2.png"));
    try (Stream<Path> files = Files.list(out.resolve("figure2"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "epochs.csv",
              "times.csv",
              "gradients.csv",
              "summary.csv",
              "comparisons.csv",
              "runs.csv",
              "claims.csv",
              "figure2.yaml",
              "figure2.svg",
              "figure2.png");
    }
    List<String> epochs = Files.readAllLines(out.resolve("figure2").resolve("epochs.csv"));
    assertThat(epochs.get(0))
        .isEqualTo("arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy");
    assertThat(epochs).hasSize(1 + 2 * 2);
  }

  @Test
  void allTrainsSharedArmsOnceAndTimesTable4Apart() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results");
    int code =
        terminal.execute(
            "reproduce",
            "all",
            "--data=synthetic",
            "--seeds=1",
            "--epochs=1",
            "--train-samples=64",
            "--out=" + out);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err())
        .doesNotContain("CIFAR-10")
        .contains("table4 on synthetic images", "arms: 4, runs: 4, runs at a time: 1");
    assertThat(terminal.out()).contains("paper's overhead", "×1.31 (+31.0 %)");
    // The relu arms of figures 3 and 4 are the same runs: their times agree to the last digit.
    assertThat(relu(out.resolve("figure4"))).isEqualTo(relu(out.resolve("figure3"))).hasSize(2);
    assertThat(relu(out.resolve("table4"))).isNotEqualTo(relu(out.resolve("figure3"))).hasSize(6);
  }

  private static List<String> relu(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("times.csv")).stream()
        .filter(line -> line.contains("relu"))
        .toList();
  }

  @Test
  void everyOpenPointOfThePaperCanBeChanged() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    int code =
        terminal.execute(
            "reproduce",
            "figure1",
            "figure4",
            "--data=synthetic",
            "--seeds=7,8",
            "--epochs=1",
            "--train-samples=64",
            "--batch-size=16",
            "--pixels=standardised",
            "--epsilon=1e-7",
            "--epsilon-form=keras",
            "--penalty-form=keras",
            "--convolutions=plain",
            "--logsigmoid=log-sigmoid",
            "--out=" + folder);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(Files.readString(folder.resolve("figure4").resolve("figure4.yaml")))
        .contains("log-sigmoid", "standardised", "epsilon-form: keras", "form: keras")
        .contains("batch-size: 16", "seeds: [7, 8]");
    assertThat(Files.readString(folder.resolve("figure1").resolve("figure1.yaml")))
        .doesNotContain("separable-conv");
  }

  @Test
  void everyCommandExplainsItself() {
    Terminal terminal = new Terminal(folder);
    for (String command :
        List.of(
            "",
            "reproduce",
            "run",
            "status",
            "compare",
            "check",
            "show",
            "theory",
            "data",
            "data list",
            "data install",
            "data verify")) {
      assertThat(terminal.execute((command + " --help").strip().split(" "))).isZero();
      assertThat(terminal.out())
          .startsWith(("Usage: unvanish " + command).strip())
          .contains("Exit codes: 0 ", "2 wrong usage.");
    }
  }

  @Test
  void theVersionIsTheProjects() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("--version")).isZero();
    assertThat(terminal.out()).matches("unvanish \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\RJava .*\\R");
  }
}
