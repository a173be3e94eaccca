package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specs of {@code examples} train, and their verdicts are those that the README states. */
class ExampleVerdictsTest {

  private static final Path FOLDER = Path.of("../examples");
  private static final Path README = FOLDER.resolve("README.md");

  /** A row of a table: | `file` | what it shows | `unvanish diagnose …` | `verdict` |. */
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([^`|]+)` \\|.*\\| `unvanish diagnose examples/([^`]+)` \\| `([^`]+)` \\|$",
          Pattern.MULTILINE);

  /** A word of a command line, with or without quotes around it. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** A spec, the options it is diagnosed with, and the verdict to expect. */
  record Example(String file, List<String> options, String verdict) {
    private static Example of(MatchResult row) {
      List<String> words = new ArrayList<>();
      for (Matcher word = WORD.matcher(row.group(2)); word.find(); ) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      assertThat(words.get(0))
          .as("what the row of %s diagnoses", row.group(1))
          .isEqualTo(row.group(1));
      return new Example(row.group(1), words.subList(1, words.size()), row.group(3));
    }
  }

  @TempDir Path folder;

  private static Stream<Example> examples() throws IOException {
    return ROW.matcher(Files.readString(README)).results().map(Example::of);
  }

  private static List<String> specs() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theReadmeNamesEverySpecAndNoOther() throws IOException {
    assertThat(examples().map(Example::file).distinct())
        .containsExactlyInAnyOrderElementsOf(specs());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theVerdictIsTheOneThatTheReadmeStates(Example example) throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    String spec = here(example.file()).toString();
    List<String> command = new ArrayList<>(List.of("diagnose", "--json", spec));
    command.addAll(example.options());
    assertThat(terminal.execute(command.toArray(String[]::new))).as(terminal.err()).isZero();
    assertThat(verdict(terminal.json("diagnosis-schema"))).isEqualTo(example.verdict());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everySpecTrains(String file) throws IOException {
    Terminal terminal = new Terminal(folder.resolve("cache"));
    String out = "--out=" + folder.resolve("results");
    assertThat(terminal.execute("run", here(file).toString(), "--seeds=1", "--epochs=1", out))
        .as(terminal.err())
        .isZero();
  }

  @Test
  void theTablesAreDrawnAsTheCodeSays() throws IOException {
    for (Map.Entry<String, String> table : ExampleTables.all().entrySet()) {
      assertThat(FOLDER.resolve(table.getKey())).hasContent(table.getValue());
    }
  }

  /** The spec with its data found from here: the README's commands start one folder above. */
  private Path here(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file));
    String root = FOLDER.toAbsolutePath().normalize() + "/";
    return Files.writeString(
        folder.resolve(Path.of(file).getFileName()),
        text.replace("source: examples/", "source: " + root));
  }

  private static String verdict(JsonNode json) {
    String verdict = json.at("/signal").asText() + ", " + json.at("/cause").asText();
    return json.at("/mechanism").isNull()
        ? verdict
        : verdict + ", " + json.at("/mechanism").asText();
  }
}
