package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the documents point to is there: files, headings, commands and their options. */
class DocumentsTest {

  /** The language of a block of code, and what is in it. */
  private static final Pattern BLOCK =
      Pattern.compile("^ *```+([^`\\n]*)\\n(.*?)^ *```+ *$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** {@code [text](target)} or an attribute of HTML. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:href|src|srcset)=\"([^\"]+)\"");

  private static final Pattern HEADING = Pattern.compile("^#+ +(.+?) *$", Pattern.MULTILINE);
  private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");

  /** A word of a shell's line, which may be in quotes or end at what ends a command. */
  private static final Pattern WORD =
      Pattern.compile(
          "\"([^\"]*)\"|'([^']*)'|(\\d?>&?|\\|+|&+|;|<|\\$?\\(|\\))|([^\\s\"'|&;<>()]+)");

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{\\w+\\}|\\(\\([^)]*\\)\\))");

  @TempDir private Path folder;
  private Path root = Path.of("");
  private CommandLine command = new CommandLine(CommandSpec.create());

  @BeforeEach
  void start() {
    root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("README.md"))) {
      root = root.getParent();
    }
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    command =
        UnvanishCommand.commandLine(
            new DataCatalog(folder), new ProgressLine(nowhere, 0, System::nanoTime));
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    Map<Path, Set<String>> anchors = new HashMap<>();
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : links(Files.readString(document))) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : target(document, parts[0]);
        boolean found = Files.exists(target);
        if (found && parts.length > 1) {
          if (!anchors.containsKey(target)) {
            anchors.put(target, anchors(Files.readString(target)));
          }
          found = anchors.get(target).contains(parts[1]);
        }
        if (!found) {
          broken.add(root.relativize(document) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDocumentIsReachedFromTheIndex() throws IOException {
    Path index = root.resolve("docs/README.md");
    Set<Path> reached = new HashSet<>(Set.of(index));
    Deque<Path> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      Path document = open.remove();
      for (String link : links(Files.readString(document))) {
        Path target = target(document, link.split("#", 2)[0]);
        if (target.toString().endsWith(".md") && reached.add(target)) {
          open.add(target);
        }
      }
    }
    assertThat(reached).containsAll(documents());
  }

  @Test
  void theSiteHasEveryDocument() throws IOException {
    String site = Files.readString(root.resolve("site/mkdocs.yml"));
    for (Path document : documents()) {
      assertThat(site).contains(": " + root.relativize(document) + "\n");
    }
  }

  @Test
  void everyCommandInThemIsOne() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Path document : documents()) {
      for (Mention mention : mentions(Files.readString(document))) {
        count++;
        problem(mention).ifPresent(p -> wrong.add(root.relativize(document) + ": " + p));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(150);
  }

  @Test
  void everyExampleOfTheHelpIsACommand() {
    List<String> wrong = new ArrayList<>();
    List<String> examples = new ArrayList<>();
    footers(command, examples);
    for (String example : examples) {
      commands(example, true).forEach(one -> problem(one).ifPresent(wrong::add));
    }
    assertThat(wrong).isEmpty();
    assertThat(examples).hasSizeGreaterThan(20);
  }

  @Test
  void thePomOfTheRecipeIsTheExamplesWithOurVersions() throws IOException {
    String pom = Files.readString(root.resolve("examples/djl/pom.xml"));
    assertThat(Files.readString(root.resolve("docs/recipes/djl.md")))
        .contains("```xml\n" + pom + "```\n");
    String ours = Files.readString(root.resolve("pom.xml"));
    for (String version : List.of("djl", "pytorch")) {
      Matcher element =
          Pattern.compile("<%1$s.version>.*</%1$s.version>".formatted(version)).matcher(pom);
      assertThat(element.find()).isTrue();
      assertThat(ours).contains(element.group());
    }
  }

  @Test
  void aWrongOptionALostFileAndALostHeadingAreFound() {
    assertThat(commands("FOO=1 ./unvanish run 'a b.yaml' --seed 1 # why", true))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.words()).containsExactly("run", "a b.yaml", "--seed", "1");
              assertThat(problem(one).orElse("")).contains("--seed");
            });
    assertThat(commands("cd x && unvanish show figure2 > own.yaml | unvanish check own.yaml", true))
        .extracting(Mention::words)
        .containsExactly(List.of("show", "figure2"), List.of("check", "own.yaml"));
    assertThat(problem(commands("unvanish check examples/none.yaml", true).get(0))).isPresent();
    assertThat(problem(commands("unvanish check", true).get(0))).isPresent();
    assertThat(problem(commands("unvanish check", false).get(0))).isEmpty();
    assertThat(links("[`a`](b.md#c), `[d](e)` <img src=\"f.png\">"))
        .containsExactly("b.md#c", "f.png");
    assertThat(anchors("# What `α` is: a *test*\n## Two\n## Two\n```\n# no\n```\n"))
        .containsExactlyInAnyOrder("what-α-is-a-test", "two", "two-1");
  }

  private List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of(".", "docs", "docs/recipes", "examples")) {
      try (Stream<Path> files = Files.list(root.resolve(folder).normalize())) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    assertThat(documents).hasSizeGreaterThan(30);
    return documents;
  }

  private static Path target(Path document, String link) {
    return document.resolveSibling(link).normalize();
  }

  /** The links to files of ours. */
  private static List<String> links(String text) {
    return LINK.matcher(CODE.matcher(withoutBlocks(text)).replaceAll(""))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  private static String withoutBlocks(String text) {
    return BLOCK.matcher(text).replaceAll("");
  }

  /** What can stand behind # in a link to a document, as GitHub makes it of headings. */
  private static Set<String> anchors(String text) {
    Set<String> anchors = new TreeSet<>();
    Matcher heading = HEADING.matcher(withoutBlocks(text));
    while (heading.find()) {
      String name =
          heading
              .group(1)
              .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
              .replace(' ', '-');
      for (int i = 0; !anchors.add(i == 0 ? name : name + "-" + i); i++) {}
    }
    ANCHOR.matcher(text).results().map(anchor -> anchor.group(1)).forEach(anchors::add);
    return anchors;
  }

  /**
   * A command somewhere in a document.
   *
   * @param words without the program's name
   * @param whole whether it is meant to be typed as it stands
   */
  private record Mention(List<String> words, boolean whole) {}

  private static List<Mention> mentions(String text) {
    List<Mention> mentions = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      if (Set.of("sh", "bash", "yaml", "dockerfile").contains(block.group(1))) {
        for (String line : block.group(2).replaceAll("\\\\\\n", " ").split("\n")) {
          mentions.addAll(commands(line, true));
        }
      }
    }
    for (MatchResult code : CODE.matcher(withoutBlocks(text)).results().toList()) {
      if (code.group(1).matches("(?s)(\\./)?unvanish [a-z].*")) {
        mentions.addAll(commands(code.group(1), false));
      }
    }
    return mentions;
  }

  /** The commands of a line for a shell. */
  private static List<Mention> commands(String line, boolean whole) {
    List<Mention> commands = new ArrayList<>();
    List<String> words = null;
    String valued = VARIABLE.matcher(line).replaceAll("1");
    for (Matcher word = WORD.matcher(valued); word.find(); ) {
      if (word.group(2) != null && word.group(2).contains("unvanish ")) {
        commands.addAll(commands(word.group(2), whole));
      } else if (word.group(3) != null || word.group().startsWith("#")) {
        words = null;
        if (word.group().startsWith("#")) {
          break;
        }
      } else if (words != null) {
        words.add(
            Stream.of(1, 2, 4).map(word::group).filter(g -> g != null).findFirst().orElse(""));
      } else if (word.group().matches("(.*/)?unvanish")) {
        words = new ArrayList<>();
        commands.add(new Mention(words, whole));
      }
    }
    return commands;
  }

  /** What is wrong with a command, if anything is. */
  private Optional<String> problem(Mention mention) {
    List<String> words = mention.words();
    int left = words.indexOf("…");
    String[] given = (left < 0 ? words : words.subList(0, left)).toArray(String[]::new);
    for (String word : given) {
      if (word.startsWith("examples/") && !Files.exists(root.resolve(word))) {
        return Optional.of(word + " is missing");
      }
    }
    try {
      ParseResult parsed = command.parseArgs(given);
      for (ParseResult part = mention.whole() ? parsed : null;
          part != null;
          part = part.subcommand()) {
        check(part.commandSpec());
      }
      return Optional.empty();
    } catch (MissingParameterException e) {
      return mention.whole() && left < 0
          ? Optional.of(Arrays.toString(given) + ": " + e.getMessage())
          : Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(Arrays.toString(given) + ": " + e.getMessage());
    }
  }

  /** As a command does before it begins. */
  private static void check(CommandSpec part) {
    Stream.concat(
            part.mixins().values().stream().map(CommandSpec::userObject),
            Stream.of(part.userObject()))
        .filter(Checked.class::isInstance)
        .forEach(checked -> ((Checked) checked).check());
  }

  private static void footers(CommandLine command, List<String> examples) {
    Stream.of(command.getCommandSpec().usageMessage().footer())
        .filter(line -> line.startsWith("  unvanish "))
        .forEach(examples::add);
    command.getSubcommands().values().forEach(sub -> footers(sub, examples));
  }
}
