package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of Java in the documents compile, with the imports that their document names. */
class DocumentJavaTest {

  /** What the reader's program has before the lines of a document. */
  private static final Map<String, String> BEFORE =
      Map.of(
          "docs/djl.md",
          """
          ai.djl.Model model;
          ai.djl.training.DefaultTrainingConfig config;
          ai.djl.training.dataset.RandomAccessDataset dataset;
          Iterable<ai.djl.training.dataset.Batch> batches;
          Block block;
          Loss dataLoss;
          """,
          "docs/recipes/build.md",
          "",
          "docs/recipes/djl.md",
          """
          ai.djl.Model model;
          ai.djl.training.DefaultTrainingConfig config;
          ai.djl.training.dataset.RandomAccessDataset dataset;
          Block block;
          """);

  /** Documents with a test in a module whose users have nothing but that module. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "README.md", "engine/src/test/java/org/unvanish/ReadmeTest.java",
          "docs/api.md", "engine/src/test/java/org/unvanish/ApiPageTest.java",
          "docs/models.md", "model/src/test/java/org/unvanish/model/ModelsPageTest.java");

  /** The list behind the word "Imports", up to the next heading or block. */
  private static final Pattern IMPORTS =
      Pattern.compile("^Imports.*?(?=^#|^```)", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("`((\\w+\\.)+(\\*|[A-Z]\\w*))`");

  @TempDir private Path folder;

  @Test
  void everyBlockCompiles() throws IOException {
    Map<String, String> programs = new TreeMap<>();
    for (Path document : Documents.all()) {
      String name = Documents.root().relativize(document).toString();
      String text = Files.readString(document);
      List<String> blocks = blocks(text);
      if (!blocks.isEmpty() && !ELSEWHERE.containsKey(name)) {
        assertThat(BEFORE).as("what programs have before the lines of %s", name).containsKey(name);
        programs.putAll(programs(name, imports(text), blocks));
      }
    }
    assertThat(programs).hasSizeGreaterThan(9);
    assertThat(errors(programs)).isEmpty();
  }

  @Test
  void theDocumentsOfTestsElsewhereAreReadThere() throws IOException {
    for (Map.Entry<String, String> document : ELSEWHERE.entrySet()) {
      String test = Files.readString(Documents.root().resolve(document.getValue()));
      assertThat(test).contains("Path.of(\"../" + document.getKey() + "\")");
    }
  }

  @Test
  void importsAreThoseOfTheListAlone() {
    assertThat(imports("`a.A`\nImports: `b.*`, `c.d.E`; `f`.\n# More\n`g.G`"))
        .isEqualTo("import b.*;\nimport c.d.E;\n");
  }

  private static List<String> blocks(String text) {
    return Documents.BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals("java"))
        .map(block -> block.group(2))
        .toList();
  }

  private static String imports(String text) {
    return IMPORTS
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .flatMap(list -> NAME.matcher(list).results())
        .map(name -> "import " + name.group(1) + ";\n")
        .collect(Collectors.joining());
  }

  /** A class for each block: the block itself if it is one, else a method around it. */
  private static Map<String, String> programs(String name, String imports, List<String> blocks) {
    Map<String, String> programs = new TreeMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      String block = blocks.get(i);
      String frame = "%sabstract class Lines {\n%svoid run() throws Exception {\n%s}\n}\n";
      String program =
          block.startsWith("import ") ? block : frame.formatted(imports, BEFORE.get(name), block);
      String home = "p" + programs.size() + name.replaceAll("\\W", "_");
      programs.put(home, "package " + home + ";\n" + program);
    }
    return programs;
  }

  /** What the compiler says of programs, each in a package of its own. */
  private String errors(Map<String, String> programs) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (Map.Entry<String, String> program : programs.entrySet()) {
      Path file = folder.resolve(program.getKey() + ".java");
      arguments.add(Files.writeString(file, program.getValue()).toString());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ToolProvider.getSystemJavaCompiler().run(null, null, said, arguments.toArray(String[]::new));
    return said.toString(StandardCharsets.UTF_8);
  }
}
