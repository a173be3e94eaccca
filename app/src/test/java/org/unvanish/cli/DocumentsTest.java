package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents point to is there: files and headings. */
class DocumentsTest {

  /** {@code [text](target)} or an attribute of HTML. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:href|src|srcset)=\"([^\"]+)\"");

  private static final Pattern HEADING = Pattern.compile("^#+ +(.+?) *$", Pattern.MULTILINE);
  private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");

  private final Path root = Documents.root();

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    Map<Path, Set<String>> anchors = new HashMap<>();
    List<String> broken = new ArrayList<>();
    for (Path document : Documents.all()) {
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
  void everyFileThatTheyNameIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    int count = 0;
    for (Path document : Documents.all()) {
      String text = Documents.withoutBlocks(Files.readString(document));
      for (Matcher code = Documents.CODE.matcher(text); code.find(); ) {
        if (Documents.isOfRepository(code.group(1))) {
          count++;
          if (!Files.exists(root.resolve(code.group(1)))) {
            missing.add(root.relativize(document) + ": " + code.group(1));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(15);
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
    assertThat(reached).containsAll(Documents.all());
  }

  @Test
  void theSiteHasEveryDocument() throws IOException {
    String site = Files.readString(root.resolve("site/mkdocs.yml"));
    for (Path document : Documents.all()) {
      assertThat(site).contains(": " + root.relativize(document) + "\n");
    }
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

  /** GitHub drops what is in further cells: a line such as |x| needs a backslash before each. */
  @Test
  void everyRowOfATableHasAsManyCellsAsItsHead() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Path document : Documents.all()) {
      int cells = 0;
      for (String line : Documents.withoutBlocks(Files.readString(document)).lines().toList()) {
        int found = line.startsWith("|") ? line.split("(?<!\\\\)\\|", -1).length : 0;
        if (found != cells && found * cells > 0) {
          wrong.add(root.relativize(document) + ": " + line);
        }
        cells = found;
        count += found > 0 ? 1 : 0;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(800);
  }

  @Test
  void linksAndHeadingsAreFoundAsGitHubMakesThem() {
    assertThat(links("[`a`](b.md#c), `[d](e)` <img src=\"f.png\">"))
        .containsExactly("b.md#c", "f.png");
    assertThat(anchors("# What `α` is: a *test*\n## Two\n## Two\n```\n# no\n```\n"))
        .containsExactlyInAnyOrder("what-α-is-a-test", "two", "two-1");
  }

  private static Path target(Path document, String link) {
    return document.resolveSibling(link).normalize();
  }

  /** The links to files of ours. */
  private static List<String> links(String text) {
    return LINK.matcher(Documents.CODE.matcher(Documents.withoutBlocks(text)).replaceAll(""))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /** What can stand behind # in a link to a document, as GitHub makes it of headings. */
  private static Set<String> anchors(String text) {
    Set<String> anchors = new TreeSet<>();
    Matcher heading = HEADING.matcher(Documents.withoutBlocks(text));
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
}
