package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesCommandTest {

  @TempDir Path folder;

  @Test
  void experimentsAreTrainedAndTheirHypothesesAreJudged() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results");
    int code =
        terminal.execute(
            "reproduce",
            "sequences",
            "adding-10",
            "adding-50",
            "image-rows",
            "--seeds=1",
            "--epochs=1",
            "--train-samples=64",
            "--out=" + out);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err())
        .containsOnlyOnce("CIFAR-10 is not installed")
        .containsSubsequence("adding-10 on adding", "image-rows on synthetic");
    assertThat(terminal.out())
        .contains("Hypotheses:\n", "undecided       adding-10: α = 2 does more than tanh alone")
        .contains("Hypotheses, which are about CIFAR-10, on synthetic images")
        .contains("wrote to " + out.resolve("image-rows") + ":\n", "image-rows-arms.png");
    assertThat(Files.readString(out.resolve("adding-lengths.svg")))
        .contains("Steps of a sequence", ">10<", ">50<", "gru");
    assertThat(Files.readString(out.resolve("adding-10").resolve("claims.csv")))
        .startsWith("claim,experiment,statement,verdict,evidence\nadding-10.alpha,");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("reproduce", "sequences", "adding-20")).isEqualTo(2);
    assertThat(terminal.err())
        .contains(
            "there is no target 'adding-20': did you mean \"adding-10\"? Targets: adding-10, ");
  }
}
