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
  void figure2OnSyntheticImagesWritesAllFilesAndTellsWhatItShowed() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("new").resolve("results");
    int code =
        terminal.execute(
            "reproduce", "figure2", "--seeds=2", "--epochs=1", "--workers=2", "--out=" + out);

    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err())
        .contains("CIFAR-10 is not installed")
        .contains("unvanish data install cifar10")
        .contains(
            "figure2 on synthetic images (seed 1); arms: 2, seeds: 2, epochs: 1, runs at a time: 2");
    assertThat(terminal.out())
        .contains("tanh", "tanh, α = 2", "2 finished")
        .contains("wrote " + out.resolve("figure2.png"));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "epochs.csv",
              "gradients.csv",
              "summary.csv",
              "runs.csv",
              "figure2.svg",
              "figure2.png");
    }
    List<String> epochs = Files.readAllLines(out.resolve("epochs.csv"));
    assertThat(epochs.get(0))
        .isEqualTo("arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds");
    assertThat(epochs).hasSize(1 + 2 * 2);
    assertThat(Files.readAllLines(out.resolve("gradients.csv")).get(0))
        .isEqualTo(
            "arm,seed,epoch,parameter,source,mean_abs,rms,max_abs,q05,q25,q50,q75,q95,"
                + "vanished_share");
    assertThat(Files.readAllLines(out.resolve("summary.csv")).get(0))
        .isEqualTo("arm,epoch,metric,mean,q25,q75,n");
  }

  @Test
  void aDataSetThatWasAskedForIsUsedWithoutAWarning() {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    int code =
        terminal.execute(
            "reproduce",
            "figure2",
            "--data=synthetic",
            "--seeds=1",
            "--epochs=1",
            "--quick",
            "--out=" + folder);
    assertThat(code).isZero();
    assertThat(terminal.err()).doesNotContain("CIFAR-10");
  }

  @Test
  void everyCommandExplainsItself() {
    Terminal terminal = new Terminal(folder);
    for (String command :
        List.of("", "reproduce", "theory", "data", "data list", "data install", "data verify")) {
      assertThat(terminal.execute((command + " --help").strip().split(" "))).isZero();
      assertThat(terminal.out())
          .startsWith(("Usage: unvanish " + command).strip())
          .contains("Exit codes: 0 done", "1 failed, 2 wrong usage.");
    }
  }

  @Test
  void theVersionIsTheProjects() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("--version")).isZero();
    assertThat(terminal.out()).matches("unvanish \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\RJava .*\\R");
  }
}
