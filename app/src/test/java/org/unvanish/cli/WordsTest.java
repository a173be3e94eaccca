package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;

/** What people read first says things in the words of the field, and one thing in one word. */
class WordsTest {

  /** Words that were used once, each with the one to use. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("knees?", "saturation point"),
          Map.entry("decades?", "orders of magnitude, 10⁵-fold, log₁₀"),
          Map.entry("moments?", "snapshot"),
          Map.entry("tuning parameters?", "regularization strength"),
          Map.entry("(starting|initial) values", "initial weights, initialization"),
          Map.entry(
              "(backpropagated )signal's way|backpropagated signal", "backpropagated gradient"),
          Map.entry("steady", "stable"),
          Map.entry("ill|illness(es)?|the matter", "unhealthy"),
          Map.entry("mend(s|ed|ing)?", "fix"),
          Map.entry("hits", "correct predictions"),
          Map.entry("halo", "padding"),
          Map.entry("residuals?", "output error"),
          Map.entry("arguments?", "pre-activation"),
          Map.entry("passages?", "forward pass, backward pass"),
          Map.entry("which says|so does|go(es)? on with", "a sentence of its own"));

  /**
   * Where such a word is the right one: Adam's moments, a key, the paper's word, a method's or
   * pom's arguments, an arm's name.
   */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "(first|second) moments?|the paper: tuning parameter|(third|fourth) argument"
              + "|</?arguments?>|residual (blocks?|connections?)|residual and normalized|residual: \\{|\\| `residual` \\||tanh, residual",
          Pattern.CASE_INSENSITIVE);

  @TempDir private Path folder;

  @Test
  void theDocumentsUseThem() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("README.md"))) {
      root = root.getParent();
    }
    List<Path> documents = new ArrayList<>(List.of(root.resolve("README.md")));
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    assertThat(documents).hasSizeGreaterThan(8);
    for (Path document : documents) {
      assertThat(others(Files.readString(document))).as(document.toString()).isEmpty();
    }
  }

  @Test
  void theHelpOfEveryCommandUsesThem() {
    DataCatalog catalog = new DataCatalog(folder);
    ProgressLine progress =
        new ProgressLine(new PrintWriter(PrintWriter.nullWriter()), 0, System::nanoTime);
    Map<String, String> helps = new LinkedHashMap<>();
    collect(UnvanishCommand.commandLine(catalog, progress), helps);
    assertThat(helps).hasSizeGreaterThan(12);
    helps.forEach((command, help) -> assertThat(others(help)).as(command).isEmpty());
  }

  @Test
  void aWordIsFoundWhereverItsLinesBreak() {
    assertThat(others("the tuning\nparameter")).hasSize(1);
    assertThat(others("r (the paper: tuning parameter), Adam's second moment")).isEmpty();
  }

  private static void collect(CommandLine command, Map<String, String> helps) {
    helps.put(command.getCommandSpec().qualifiedName(), command.getUsageMessage());
    command.getSubcommands().values().forEach(sub -> collect(sub, helps));
  }

  /** The words that should be others. */
  private static List<String> others(String text) {
    String plain = ALLOWED.matcher(text.replaceAll("\\s+", " ")).replaceAll("");
    List<String> found = new ArrayList<>();
    INSTEAD.forEach(
        (word, instead) ->
            Pattern.compile("(?<![\\w-])(" + word + ")(?![\\w-])", Pattern.CASE_INSENSITIVE)
                .matcher(plain)
                .results()
                .map(one -> around(plain, one))
                .forEach(hit -> found.add("“" + hit + "”: say " + instead)));
    return found;
  }

  private static String around(String text, MatchResult one) {
    return text.substring(Math.max(0, one.start() - 40), Math.min(text.length(), one.end() + 20));
  }
}
