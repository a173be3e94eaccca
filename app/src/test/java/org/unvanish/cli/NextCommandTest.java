package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;

/** Every command that ends well ends with the one to type next. */
class NextCommandTest {

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  /** Executes a command, after which another is recommended that can be typed as it stands. */
  private String next(String... args) {
    assertThat(terminal.execute(args)).as(terminal.err()).isZero();
    List<String> words = terminal.next();
    assertThat(words).as(List.of(args).toString()).hasSizeGreaterThan(1).startsWith("unvanish");
    CommandLine command =
        UnvanishCommand.commandLine(
            new DataCatalog(folder),
            new ProgressLine(new PrintWriter(PrintWriter.nullWriter()), 0, System::nanoTime));
    List<String> given = words.subList(1, words.size());
    assertThat(command.parseArgs(given.toArray(String[]::new)).errors()).isEmpty();
    return String.join(" ", given);
  }

  @Test
  void whatShowsASpecOrAHookIsFollowedByTheDiagnosis() {
    assertThat(next("show", "figure3")).isEqualTo("diagnose figure3");
    assertThat(next("show", "keras-hook")).isEqualTo("diagnose trace.jsonl");
  }

  @Test
  void aSpecWithoutScalesIsFollowedByWhereItIsKeptAndThatByItsDiagnosis() {
    assertThat(next("equivalent", "figure2")).isEqualTo("equivalent figure2 --out without.yaml");
    String out = folder.resolve("without.yaml").toString();
    assertThat(next("equivalent", "figure2", "--out", out)).isEqualTo("diagnose " + out);
  }

  @Test
  void theoryIsFollowedByThePlayground() {
    String page = folder.resolve("page.html").toString();
    assertThat(next("theory", "naive", "--cases=10"))
        .isEqualTo("theory --playground playground.html");
    assertThat(next("theory", "--playground", page)).isEqualTo("diagnose figure1");
    assertThat(next("forecast", "--activation=tanh", "--sigma-w=1.2"))
        .isEqualTo("forecast figure2 --page forecast.html");
  }

  @Test
  void dataThatAreMissingAreInstalledNext() {
    assertThat(next("data", "list")).isEqualTo("data install cifar10");
    assertThat(terminal.out()).contains("to install: unvanish data install cifar10");
  }

  @Test
  void programsAndThoseWhoWantQuietAreToldNothing() {
    for (List<String> args :
        List.of(
            List.of("show", "figure3", "--quiet"),
            List.of("--quiet", "show", "figure3"),
            List.of("theory", "naive", "--cases=10", "--json"),
            List.of("data", "list", "--quiet"),
            List.of("show", "schema"))) {
      assertThat(terminal.execute(args.toArray(String[]::new))).isZero();
      assertThat(terminal.err()).as(args.toString()).isEmpty();
      assertThat(terminal.out()).isNotEmpty();
    }
  }

  @Test
  void errorsAreToldThoseWhoWantQuiet() {
    assertThat(terminal.execute("check", folder.resolve("none.yaml").toString(), "--quiet"))
        .isOne();
    assertThat(terminal.err()).startsWith("unvanish: ").contains("none.yaml");
    assertThat(terminal.next()).isEmpty();
  }
}
