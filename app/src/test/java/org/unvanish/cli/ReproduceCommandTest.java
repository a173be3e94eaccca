package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
        .contains("wrote to " + out.resolve("figure2") + ":\n", "figure2.png");
    try (Stream<Path> files = Files.list(out.resolve("figure2"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "epochs.csv",
              "times.csv",
              "gradients.csv",
              "updates.csv",
              "rms.csv",
              "scales.csv",
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
    assertThat(relu(out.resolve("table4"))).isNotEqualTo(relu(out.resolve("figure3"))).hasSize(2);
  }

  @Test
  void table4HasThreeEpochsWhereNothingElseIsSaidAndAlwaysOneRunAtATime() throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results").resolve("table4");
    int code =
        terminal.execute(
            "reproduce",
            "table4",
            "--quick",
            "--seeds=1",
            "--data=synthetic",
            "--train-samples=64",
            "--workers=2",
            "--out=" + out.getParent());
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.err()).contains("runs: 4, runs at a time: 1, because they are timed");
    assertThat(terminal.out().replace('\n', ' ')).contains("after a warm-up that does not count");
    assertThat(relu(out)).hasSize(2 * 3);
    assertThat(terminal.execute("run", out.toString(), "--workers=2", "--seeds=2"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.err()).contains("runs: 8, runs at a time: 1, because they are timed");
  }

  @Test
  void aFigureWhoseRunFailsDoesNotKeepTable4FromBeingTimed() throws Exception {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    Path out = folder.resolve("results");
    String[] command = {
      "reproduce", "figure2", "--data=synthetic", "--train-samples=64", "--seeds=1", "--out=" + out
    };
    assertThat(terminal.execute(with(command, "--epochs=1"))).as(terminal.err()).isZero();
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("runs.db"));
        Statement statement = store.createStatement()) {
      // With checksums it would be told as damage, which ends the command.
      statement.executeUpdate("DROP TABLE checksum");
      statement.executeUpdate("DROP TABLE constant_predictor");
      statement.executeUpdate("DROP TABLE score");
      statement.executeUpdate("DROP TABLE constant_score");
      statement.executeUpdate("DROP TABLE parameter_update");
      statement.executeUpdate("DROP TABLE learned_scale");
      statement.executeUpdate("DROP TABLE input_column");
      statement.executeUpdate("DROP TABLE target_column");
      statement.executeUpdate("DROP TABLE shard");
      statement.executeUpdate("DROP TABLE dropped_arm");
      statement.executeUpdate("DROP TABLE race");
      statement.executeUpdate("DROP TABLE value_size");
      statement.executeUpdate("PRAGMA user_version = 2");
      statement.executeUpdate(
          "UPDATE checkpoint SET parameters = X'00000000', first_moments = X'00000000',"
              + " second_moments = X'00000000'");
    }
    assertThat(terminal.execute(with(command, "table4", "--epochs=2"))).isEqualTo(1);
    assertThat(terminal.err()).contains("2 runs failed; the first:", "table4 on synthetic images");
    assertThat(terminal.out()).contains("paper's overhead");
    assertThat(relu(out.resolve("table4"))).hasSize(2 * 2);
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
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
            "--input-scaling=standardised",
            "--epsilon=1e-7",
            "--epsilon-form=keras",
            "--penalty-form=keras",
            "--convolutions=plain",
            "--biases=none",
            "--logsigmoid=log-sigmoid",
            "--initialization=glorot",
            "--out=" + folder);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(Files.readString(folder.resolve("figure4").resolve("figure4.yaml")))
        .contains("log-sigmoid", "standardised", "epsilon-form: keras", "form: keras")
        .contains("batch-size: 16", "seeds: [7, 8]", "initial-values: glorot");
    assertThat(Files.readString(folder.resolve("figure1").resolve("figure1.yaml")))
        .doesNotContain("separable-conv", "bias: true");
  }

  @Test
  void whatCannotBeMeantIsRefusedWhereverItStands() {
    Terminal terminal = new Terminal(folder);
    String[][] wrong = {
      {"--epsilon=-1", "--epsilon must be a number above 0"},
      {"--initialization=uniform", "--initialization must be glorot or he or"},
      {"--seeds=0", "--seeds must be a number from 1"},
      {"--workers=0", "--workers must be from 1"},
      {"--backend=abacus", "--backend must be engine or pytorch"},
    };
    for (String[] option : wrong) {
      for (List<String> args :
          List.of(
              List.of("reproduce", option[0], "--quick", "figure1"),
              List.of("reproduce", "figure1", "--quick", option[0]))) {
        assertThat(terminal.execute(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(terminal.err()).contains(option[1]);
      }
      assertThat(terminal.execute("reproduce", option[0], "--help")).isZero();
    }
  }

  @Test
  void everyCommandExplainsItself() {
    Terminal terminal = new Terminal(folder);
    List<CommandLine> commands =
        commands(
            UnvanishCommand.commandLine(
                new DataCatalog(folder),
                new ProgressLine(new PrintWriter(new StringWriter()), 0, System::nanoTime)));
    assertThat(commands.stream().map(c -> c.getCommandSpec().qualifiedName(" ")))
        .contains("unvanish", "unvanish report", "unvanish export", "unvanish serve")
        .contains("unvanish data install");
    for (CommandLine command : commands) {
      CommandSpec spec = command.getCommandSpec();
      String name = spec.qualifiedName(" ");
      String words = (name + " --help").substring("unvanish ".length());
      assertThat(terminal.execute(words.split(" "))).isZero();
      assertThat(terminal.out())
          .startsWith("Usage: " + name)
          .contains("Exit codes: ", "2 wrong usage.")
          .containsOnlyOnce("When stopped: 130 by Ctrl-C, 141 by a closed pipe, 143 by SIGTERM.");
      assertThat(spec.usageMessage().description()).as(name).isNotEmpty();
      for (ArgSpec argument : spec.args()) {
        String label = argument.isOption() ? argument.toString() : argument.paramLabel();
        assertThat(String.join("", argument.description())).as(name + " " + label).isNotBlank();
        assertThat(argument.hidden()).as(name + " " + label).isFalse();
        if (argument instanceof OptionSpec option) {
          assertThat(terminal.out()).as(name).contains(option.names());
        }
      }
    }
  }

  /** A command and all below it. */
  private static List<CommandLine> commands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(below -> all.addAll(commands(below)));
    return all;
  }

  @Test
  void theVersionIsTheProjects() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("--version")).isZero();
    assertThat(terminal.out())
        .matches("unvanish \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\RJava .* in .*\\R.*, .*\\R");
  }
}
