package org.unvanish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What others get: poms that a repository accepts, and the licences of what is shipped. */
class PublicationTest {

  /** The group and the version of the root pom, before its dependencies. */
  private static final Pattern OWN =
      Pattern.compile(
          "(?m)^  <groupId>([^<]+)</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>");

  /** A line of the list: group, artifact and version of a library. */
  private static final Pattern LIBRARY = Pattern.compile("(?m)^([\\w.-]+):([\\w.-]+):([\\w.-]+)$");

  private static final Pattern LICENCES = Pattern.compile("(?m)^    ([^,\\n]+)");

  private final Path root = root();

  @Test
  void everyPomHasWhatRepositoriesAskFor() throws IOException {
    for (Path pom : poms()) {
      String text = Files.readString(pom);
      String own = text.substring(0, end(text, "<dependencies>", "<dependencyManagement>"));
      assertThat(own).as("%s", pom).contains("<name>Unvanish", "<description>");
      if (!text.contains("<parent>")) {
        assertThat(own)
            .as("%s", pom)
            .contains("<url>", "<licenses>", "<developers>", "<scm", "<connection>")
            .contains("<developerConnection>", "<tag>");
      }
    }
  }

  @Test
  void allPomsAndDocumentsNameOneVersion() throws IOException {
    Matcher own = OWN.matcher(Files.readString(root.resolve("pom.xml")));
    assertThat(own.find()).isTrue();
    Pattern versionOfOwn =
        Pattern.compile(
            "<groupId>%s</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>([^<$]+)</version>"
                .formatted(Pattern.quote(own.group(1))));
    TreeSet<String> versions = new TreeSet<>();
    List<Path> files = new ArrayList<>(poms());
    for (String document : List.of("docs/api.md", "docs/djl.md", "docs/recipes/djl.md")) {
      files.add(root.resolve(document));
    }
    for (Path file : files) {
      Matcher version = versionOfOwn.matcher(Files.readString(file));
      assertThat(version.find()).as("%s", file).isTrue();
      do {
        versions.add(version.group(1));
      } while (version.find());
    }
    assertThat(versions).hasSize(1);
    assertThat(Files.readString(root.resolve("CITATION.cff")))
        .contains("version: " + versions.first().replace("-SNAPSHOT", "") + "\n");
  }

  @Test
  void theLicenceListIsThatOfThePoms() throws IOException {
    Path made = root.resolve("app/target/THIRD-PARTY.txt");
    Assumptions.assumeTrue(Files.exists(made), "Maven makes it");
    assertThat(root.resolve("THIRD-PARTY.txt"))
        .as("copy app/target/THIRD-PARTY.txt to it, and look at what is new")
        .hasSameTextualContentAs(made);
  }

  @Test
  void whatTheCommandRunsWithIsListedWithItsVersion() throws IOException {
    String classes = System.getProperty("java.class.path");
    List<String> missing = new ArrayList<>();
    Matcher library = LIBRARY.matcher(Files.readString(root.resolve("THIRD-PARTY.txt")));
    int count = 0;
    while (library.find()) {
      count++;
      if (!classes.contains(library.group(2) + "-" + library.group(3) + ".jar")) {
        missing.add(library.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(50);
  }

  @Test
  void everyLicenceThatIsTakenHasItsText() throws IOException {
    Matcher licences = LICENCES.matcher(Files.readString(root.resolve("THIRD-PARTY.txt")));
    TreeSet<String> taken = new TreeSet<>();
    while (licences.find()) {
      taken.add(licences.group(1).split(" or ")[0]);
    }
    assertThat(taken).contains("Apache-2.0", "MIT");
    taken.remove("Apache-2.0"); // Our own.
    try (Stream<Path> texts = Files.list(root.resolve("licenses"))) {
      assertThat(texts.map(text -> text.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(taken);
    }
  }

  private List<Path> poms() throws IOException {
    List<Path> poms = new ArrayList<>(List.of(root.resolve("pom.xml")));
    try (Stream<Path> folders = Files.list(root)) {
      folders.map(folder -> folder.resolve("pom.xml")).filter(Files::exists).forEach(poms::add);
    }
    assertThat(poms).hasSizeGreaterThan(10);
    return poms;
  }

  private static int end(String text, String... marks) {
    return Stream.of(marks)
        .mapToInt(text::indexOf)
        .filter(at -> at >= 0)
        .min()
        .orElse(text.length());
  }

  private static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("README.md"))) {
      root = root.getParent();
    }
    return root;
  }
}
