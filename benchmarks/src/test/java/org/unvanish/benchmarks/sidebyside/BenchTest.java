package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;

class BenchTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"frameworks", "engine", "study", "roofline"})
  void everyCommandExplainsItself(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: unvanish-bench " + command, "Exit codes:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frameworks --networks vgg | must be any of table1, table2, table3, wide, mlp, resnet, recurrent, lstm
          frameworks --frameworks jax | must be any of pytorch, tensorflow, dl4j
          frameworks --rounds 0 | --rounds must be at least 1
          frameworks --seconds 0 | --seconds must be above 0
          frameworks --docs --rounds 4 | at least 5 rounds
          frameworks --docs --networks wide | needs all networks
          engine --network vgg | must be any of table1, table2, table3, wide, mlp, resnet, recurrent, lstm
          frameworks --java /nowhere | --java: /nowhere is no Java
          engine --java /nowhere | --java: /nowhere is no Java
          engine --rounds 0 | --rounds must be at least 1
          study --epochs 0 | must be at least 1
          """)
  void wrongUsageIsNamedBeforeAnythingIsMeasured(String arguments, String fault) {
    assertThat(execute(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHANGELOG.md", "docs/performance.md", "docs/benchmarks.md"})
  void everyCommandInTheDocumentsIsOne(String document) throws IOException {
    DataCatalog catalog = DataCatalog.ofUser(Map.of("XDG_CACHE_HOME", folder.toString()), folder);
    List<MatchResult> commands =
        Pattern.compile("\\./unvanish-bench ([a-z][^`#\\n]*)")
            .matcher(Files.readString(Path.of("..").resolve(document)))
            .results()
            .toList();
    assertThat(commands).isNotEmpty();
    for (MatchResult command : commands) {
      assertThatCode(
              () -> Bench.commandLine(catalog, folder).parseArgs(command.group(1).split("\\s+")))
          .as(command.group())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void frameworksThatWereNotBuiltAreTold() {
    String out = folder.resolve("out").toString();
    assertThat(execute("frameworks", "--out", out)).isEqualTo(1);
    assertThat(err.toString()).contains("./unvanish-bench").doesNotContain("\tat ");
  }

  private int execute(String... arguments) {
    DataCatalog catalog = DataCatalog.ofUser(Map.of("XDG_CACHE_HOME", folder.toString()), folder);
    CommandLine command =
        Bench.commandLine(catalog, folder)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
