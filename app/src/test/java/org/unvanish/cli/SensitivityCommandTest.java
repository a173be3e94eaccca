package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.paper.Reading;

class SensitivityCommandTest {

  @TempDir Path folder;

  @Test
  void readingsAreTrainedWhereTheyChangeAFigureAndTheTableIsWritten() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results");
    String[] command = {
      "reproduce",
      "sensitivity",
      "no-biases",
      "batch-64",
      "--batch-size=64",
      "--data=synthetic",
      "--seeds=1",
      "--epochs=1",
      "--train-samples=32",
      "--out=" + out
    };
    assertThat(terminal.execute(command)).as(terminal.err()).isZero();
    assertThat(terminal.err())
        .contains("note: left out: batch-64 changes nothing here")
        .containsSubsequence(
            "in " + out.resolve("base") + ":",
            "figure4 on synthetic images",
            "in " + out.resolve("no-biases") + ":",
            "figure1 on synthetic images")
        .endsWith("unvanish report " + out.resolve("base") + "\n");
    assertThat(terminal.out())
        .contains("No claim is decided: a verdict needs 6 seeds, and there is 1. Give --seeds 6.\n")
        .contains("figure1.similar         ?     ?\n", "figure4.accuracy        ?     =\n")
        .contains("wrote " + out.resolve("sensitivity.csv") + "\n")
        .contains("wrote " + out.resolve("sensitivity.md") + "\n")
        .contains("wrote " + out.resolve("sensitivity.png") + "\n");
    assertThat(Files.readString(out.resolve("sensitivity.svg")))
        .contains(">Which assumptions decide what</text>", ">figure3.relu</text>")
        .contains(">=</text>", "fill:rgb(230,230,230)");
    assertThat(out.resolve("no-biases").resolve("figure1").resolve("epochs.csv")).exists();
    assertThat(out.resolve("no-biases").resolve("figure2")).doesNotExist();
    List<String> rows = Files.readAllLines(out.resolve("sensitivity.csv"));
    assertThat(rows).hasSize(1 + 2 * 16);
    assertThat(rows.get(0)).startsWith("claim,reading,verdict,change,measure,pairs,");
    assertThat(rows.get(1)).startsWith("figure1.similar,base,undecided,kept,accuracy_1_3,0,");
    assertThat(rows.get(32)).startsWith("figure4.no-explosion,no-biases,undecided,same-runs,");
    assertThat(Files.readString(out.resolve("sensitivity.md")))
        .contains("\n| `no-biases` | no biases at all | Which layers have biases is inferred")
        .contains("\n| figure3.relu | undecided<br>", " | = |\n");

    // The table keeps what an earlier command has trained.
    command[2] = "log-sigmoid";
    assertThat(terminal.execute(command)).as(terminal.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("sensitivity.csv"))).hasSize(1 + 3 * 16);
    assertThat(Files.readString(out.resolve("sensitivity.csv")))
        .containsSubsequence(",base,", ",no-biases,", ",log-sigmoid,");
  }

  @Test
  void whatIsNoReadingIsRefusedAndTheHelpListsThemAll() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("reproduce", "sensitivity", "batch-65")).isEqualTo(2);
    assertThat(terminal.err())
        .contains("there is no target 'batch-65': did you mean \"batch-64\"?", "raw-pixels");
    assertThat(terminal.execute("reproduce", "sensitivity", "--help")).isZero();
    assertThat(terminal.out())
        .contains(Reading.OTHERS.stream().map(Reading::name).toList())
        .containsSubsequence("--quick ", "--json ", "--data=DATA ", "--workers=N ", "--out=DIR ")
        .contains("Each arm has 6 seeds unless --seeds is given.");
  }

  @Test
  void aTableThatSomebodyChangedIsNotReplaced() throws IOException {
    Terminal terminal = new Terminal(folder);
    Files.writeString(folder.resolve("sensitivity.md"), "mine");
    assertThat(
            terminal.execute(
                "reproduce", "sensitivity", "--data=synthetic", "--out=" + folder.toString()))
        .isEqualTo(1);
    assertThat(terminal.err())
        .contains("sensitivity.md exists already, and was changed")
        .contains("Move that file, or choose another folder");
    assertThat(folder.resolve("base")).doesNotExist();
  }
}
