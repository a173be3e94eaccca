package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What tells users of commands: first steps, help, the manual, and what shells complete. */
class HelpCommandTest {

  private static final int TERMINAL = 80;

  @TempDir Path folder;
  private Terminal terminal;
  private CommandLine command;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
    command =
        UnvanishCommand.commandLine(
            new DataCatalog(folder),
            new ProgressLine(new PrintWriter(PrintWriter.nullWriter()), 0, System::nanoTime));
  }

  // ---- first steps and help ---------------------------------------------------------------------

  @Test
  void aNewcomerReadsOfThreeCommandsThatCanBeTyped() {
    assertThat(terminal.execute("help")).isZero();
    assertThat(terminal.out()).isEqualTo(FirstSteps.text());
    List<String> begin =
        terminal.out().lines().filter(line -> line.startsWith("  unvanish ")).toList();
    assertThat(begin).hasSize(3);
    for (String line : begin) {
      String typed = line.strip().split(" {2,}", -1)[0];
      List<String> words = List.of(typed.split(" ", -1));
      assertThat(command.parseArgs(words.subList(1, words.size()).toArray(String[]::new)).errors())
          .as(typed)
          .isEmpty();
    }
    assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpOfACommandIsTheCommandsHelp() {
    assertThat(terminal.execute("help", "data", "install")).isZero();
    String help = terminal.out();
    assertThat(terminal.execute("data", "install", "--help")).isZero();
    assertThat(terminal.out()).isEqualTo(help).startsWith("Usage: unvanish data install ");
  }

  @Test
  void helpOfWhatIsNoCommandNamesTheOneThatIsMeant() {
    assertThat(terminal.execute("help", "reprot")).isEqualTo(2);
    assertThat(terminal.err()).contains("no command 'reprot'; the nearest name is report");
    assertThat(terminal.execute("help", "run", "fast")).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no command 'fast': unvanish run has none");
  }

  @Test
  void allCommandsAreListedUnderWhatTheyAreFor() {
    assertThat(terminal.execute("--help")).isZero();
    List<String> lines = terminal.out().lines().toList();
    for (String name : command.getSubcommands().keySet()) {
      assertThat(lines).filteredOn(line -> line.startsWith("  " + name + " ")).hasSize(1);
    }
    assertThat(lines).filteredOn(line -> line.matches("  [a-z].*")).allMatch(HelpCommandTest::fits);
    assertThat(lines.indexOf("Train and prove a remedy:"))
        .isLessThan(lines.indexOf("Look at what was trained:"));
  }

  private static boolean fits(String line) {
    return line.length() <= TERMINAL;
  }

  // ---- the manual -------------------------------------------------------------------------------

  @Test
  void theManualHasEveryCommandWithAllThatCanBeGiven() {
    assertThat(terminal.execute("show", "man")).isZero();
    assertThat(terminal.err()).isEmpty();
    String manual = terminal.out();
    for (CommandLine each : all(command)) {
      String name = each.getCommandSpec().qualifiedName();
      String section = each == command ? manual : section(manual, name);
      for (OptionSpec option : each.getCommandSpec().options()) {
        if (each == command || !option.inherited()) {
          assertThat(section)
              .as(name)
              .contains("\\fB" + String.join(", ", option.names()).replace("-", "\\-") + "\\fR");
        }
      }
      Arrays.stream(each.getCommandSpec().usageMessage().footer())
          .filter(line -> line.startsWith("  unvanish "))
          .forEach(line -> assertThat(section).contains("\n" + line.replace("-", "\\-") + "\n"));
    }
  }

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
    return all;
  }

  private static String section(String manual, String name) {
    int start = manual.indexOf(".SS " + name + "\n");
    assertThat(start).as(name).isPositive();
    int end = manual.indexOf("\n.S", start + 1);
    return manual.substring(start, end);
  }

  @Test
  void noLineOfTheManualIsARequestThatManDoesNotKnow() throws Exception {
    assertThat(terminal.execute("show", "man")).isZero();
    assertThat(terminal.out().lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|P|TP|nf|fi)( .*)?"));
    Path page = Files.writeString(folder.resolve("unvanish.1"), terminal.out());
    assumeThat(Path.of("/usr/bin/groff")).exists();
    assertThat(run("groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-z", page.toString())).isEmpty();
  }

  // ---- completion -------------------------------------------------------------------------------

  @Test
  void bashCompletesCommandsOptionsAndNames() throws Exception {
    assertThat(terminal.execute("show", "completion")).isZero();
    assertThat(terminal.err()).isEmpty();
    Path script = Files.writeString(folder.resolve("completion.sh"), terminal.out());
    assertThat(completed(script, "unvanish", "dia")).containsExactly("diagnose");
    assertThat(completed(script, "unvanish", "diagnose", "--fa")).containsExactly("--fail-on");
    assertThat(completed(script, "unvanish", "diagnose", "--fail-on", "expl"))
        .containsExactly("exploding");
    assertThat(completed(script, "unvanish", "reproduce", "table")).containsExactly("table4");
    assertThat(completed(script, "unvanish", "run", "--qu")).containsExactly("--quiet");
  }

  /** What bash offers for the last of some words. */
  private List<String> completed(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    return run(
            "bash",
            "-c",
            "compopt() { return 0; }; . \"$0\"; COMP_LINE=\"$1\"; COMP_WORDS=($1); COMP_CWORD=$2; COMP_POINT=${#1}; COMP_TYPE=9;"
                + " _complete_unvanish; printf '%s\\n' \"${COMPREPLY[@]}\"",
            script.toString(),
            line,
            "" + (words.length - 1))
        .lines()
        .map(String::strip)
        .toList();
  }

  private String run(String... words) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return Files.readString(output);
  }
}
