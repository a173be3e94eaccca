package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeyondCommandTest {

  @TempDir Path folder;

  @Test
  void anExperimentIsTrainedAndItsHypothesesAreJudged() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results");
    int code =
        terminal.execute(
            "reproduce",
            "beyond",
            "what-acts-figure2",
            "alpha-curve",
            "--seeds=2",
            "--epochs=1",
            "--train-samples=64",
            "--verbose",
            "--out=" + out);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err())
        .containsOnlyOnce("CIFAR-10 is not installed")
        .containsSubsequence("what-acts-figure2 on synthetic", "alpha-curve on synthetic");
    assertThat(terminal.out())
        .contains("Hypotheses, which are about CIFAR-10, on synthetic images")
        .contains("undecided       what-acts-figure2: α = 2 is the same training as")
        .contains("wrote to " + out.resolve("alpha-curve") + ":\n", "alpha-curve-sweep.png")
        .doesNotContain("alpha-curve-arms");
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains("are equal to the last bit in all epochs of 2 of 2 seeds");
    assertThat(Files.readString(out.resolve("what-acts-figure2").resolve("claims.csv")))
        .startsWith("claim,experiment,statement,verdict,evidence\nwhat-acts-figure2.equal,");

    assertThat(terminal.execute("compare", out.toString(), "--json")).isZero();
    assertThat(terminal.out()).contains("\"alpha-curve.half\"");
  }

  @Test
  void experimentsOnOtherDataHaveFoldersOfTheirOwnAndAreNotAboutCifar10() {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    String out = "--out=" + folder.resolve("table");
    int code =
        terminal.execute(
            "reproduce", "beyond", "data-table", "--seeds=1", "--epochs=1", out, "--quick");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err()).doesNotContain("CIFAR-10").contains("data-table on blobs");
    assertThat(terminal.out()).contains("Hypotheses:\n");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("reproduce", "beyond", "figure2")).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no target 'figure2'. Targets: what-acts-figure2");
    assertThat(terminal.execute("reproduce", "beyond", "data-idx")).isEqualTo(2);
    assertThat(terminal.err()).contains("data-idx needs images: name a folder with IDX files");
    assertThat(terminal.execute("reproduce")).isEqualTo(2);
    assertThat(terminal.err()).contains("nothing to reproduce. Name a target");
    assertThat(terminal.execute("reproduce", "figure1", "beyond", "data-table")).isEqualTo(2);
    assertThat(terminal.err()).contains("are two commands: give one after the other");
  }

  @Test
  void aNameStandsWhereverASpecsFileMay() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("show", "alpha-curve")).isZero();
    assertThat(terminal.out()).startsWith("# The curve of alpha").contains("alpha: 16");
    assertThat(terminal.execute("forecast", "data-table")).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("dense1");
  }
}
