package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TheoryCommandTest {

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  @Test
  void theTableTellsVerdictsConditionsAndCounterexamples() {
    assertThat(terminal.execute("theory", "theorem1", "--activation=tanh", "--cases=5000"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out())
        .startsWith("theorem1, tanh\n")
        .contains("holds under an extra condition  claim 1: |∂h/∂θᵏ| ≤ |d|·t (theorem 1)")
        .contains("0.7384899368")
        .contains("l = 1; k = 1; t = 0.75; x = 1.25; θ = 0.58; y = 2.0")
        .contains("gap in the proof                |f¹| ≥ tanh 1 (proof of theorem 1)")
        .contains("16 statements, ")
        .doesNotContain("logistic");
    assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void theLogisticFunctionMayBeCalledSigmoid() {
    assertThat(terminal.execute("theory", "theorem1", "--activation=Sigmoid", "--cases=100"))
        .isZero();
    assertThat(terminal.out()).contains("logistic").doesNotContain("tanh");
  }

  @Test
  void everythingIsAuditedByDefault() {
    assertThat(terminal.execute("theory", "--cases=200")).isZero();
    assertThat(terminal.out())
        .contains(
            "theorem1, tanh",
            "theorem2, softsign",
            "identity, identity",
            "properties, log-sigmoid",
            "relu, relu",
            "naive, arctan",
            "proposition1, relu",
            "proposition2, log-sigmoid",
            "proposition3, erf",
            "proposition4, softsign",
            "proposition5, logistic",
            "proposition6, logistic",
            "width, tanh",
            "paper, erf",
            "recurrent, relu");
    assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void whereACaseTakesLongFewerAreTriedThanAskedFor() throws IOException {
    assertThat(terminal.execute("theory", "proposition1", "--activation=tanh", "--json")).isZero();
    JsonNode root = valid();
    assertThat(root.get("random_cases_per_statement").asLong()).isEqualTo(20_000);
    assertThat(root.get("findings"))
        .allMatch(finding -> finding.get("cases").asLong() < 1000)
        .allMatch(finding -> finding.get("source").asText().equals("proposition 1"));
  }

  @Test
  void recurrentNetworksAreAudited() {
    assertThat(terminal.execute("theory", "recurrent", "--activation=tanh", "--cases=5000"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out())
        .startsWith("recurrent, tanh\n")
        .contains("holds                           whatever α is, ‖∂h_T/∂h_(T−k)‖ ≤ (‖W‖·max|f′|)ᵏ")
        .contains("if W is symmetric", "W = 2.0, -2.0 | 2.0, -2.0")
        .contains("false as stated                 “regularization can avoid …”: a wide layer")
        .contains("20 statements, ");
    assertThat(terminal.execute("theory", "recurrent", "--activation=identity")).isEqualTo(2);
    assertThat(terminal.err()).contains("recurrent does not cover identity");
  }

  @Test
  void theJsonSaysTheSameAsTheTable() throws IOException {
    String[] arguments = {"theory", "theorem2", "--cases=3000", "--seed=7"};
    assertThat(terminal.execute(arguments)).isZero();
    String table = terminal.out();
    assertThat(
            terminal.execute(
                Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new)))
        .isZero();
    JsonNode root = valid();
    assertThat(root.get("seed").asLong()).isEqualTo(7);
    assertThat(root.get("random_cases_per_statement").asLong()).isEqualTo(3000);
    assertThat(root.get("findings")).isNotEmpty();
    for (JsonNode finding : root.get("findings")) {
      assertThat(table)
          .contains(
              "  %-30s  %s (%s)"
                  .formatted(
                      finding.get("verdict").asText().replace('-', ' '),
                      finding.get("statement").asText(),
                      finding.get("source").asText()));
      assertThat(finding.get("counterexample").isNull())
          .isEqualTo(finding.get("verdict").asText().equals("holds"));
    }
  }

  @Test
  void theJsonOfEveryTargetFollowsItsSchema() throws IOException {
    assertThat(terminal.execute("theory", "--json", "--cases=500")).isZero();
    JsonNode findings = valid().get("findings");
    assertThat(findings.findValuesAsText("topic"))
        .contains(
            "theorem1",
            "naive",
            "relu",
            "proposition1",
            "proposition6",
            "width",
            "paper",
            "recurrent");
    JsonNode claim1 = findings.get(0);
    assertThat(claim1.get("verdict").asText()).isEqualTo("holds-under-an-extra-condition");
    assertThat(claim1.get("largest_t").get("low").asDouble())
        .isLessThan(claim1.get("smallest_violating_t").asDouble());
  }

  private JsonNode valid() throws IOException {
    return terminal.json("theory-schema");
  }

  @Test
  void figuresGoToTheFolderAndLeaveTheOutputAlone() throws IOException {
    Path out = folder.resolve("a folder");
    assertThat(terminal.execute("theory", "relu", "--json", "--cases=10", "--out=" + out)).isZero();
    assertThat(new ObjectMapper().readTree(terminal.out()).get("findings")).hasSize(1);
    assertThat(terminal.err()).contains("wrote " + out.resolve("theorem1-region.png"));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSize(6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "theorem, 'there is no target ''theorem'': did you mean \"theorem1\"? Targets: theorem1'",
    "lemma, there is no target 'lemma'. Targets: theorem1",
    "proposition7, 'proposition5, proposition6, width, paper, recurrent, all'",
    "--cases=0, --cases must be from 1 to 1000000000",
    "--cases=many, --cases",
    "--seed=1.5, --seed",
    "--activation=gelu, the theory does not cover the activation function 'gelu'. Functions",
    "--activation=thanh, 'activation function ''thanh'': did you mean \"tanh\"? Functions'",
    "--activation=, there is no activation function ''. Functions that it covers: tanh"
  })
  void badArgumentsAreWrongUsage(String argument, String message) {
    assertThat(terminal.execute("theory", argument)).isEqualTo(2);
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message).doesNotContain("\tat ");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aTargetThatSaysNothingOfTheFunctionIsWrongUsage() {
    assertThat(terminal.execute("theory", "theorem1", "--activation=relu")).isEqualTo(2);
    assertThat(terminal.err()).contains("theorem1 does not cover relu");
  }

  @Test
  void anOutputFolderThatIsAFileFailsBeforeTheWork() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(terminal.execute("theory", "relu", "--out=" + file)).isEqualTo(1);
    assertThat(terminal.err()).contains(file + " is not a folder");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void thePlaygroundIsOneFileThatRefersToNoOther() throws IOException {
    Path page = folder.resolve("new folder/playground.html");
    assertThat(terminal.execute("theory", "--playground=" + page)).as(terminal.err()).isZero();
    assertThat(terminal.out()).isEqualTo("wrote " + page + ", to be opened in a browser\n");
    // The name of SVG, which is no address to fetch from.
    assertThat(Files.readString(page).replace("http://www.w3.org/2000/svg", ""))
        .startsWith("<!doctype html>")
        .contains("Unvanish.playground(document")
        .doesNotContain("src=", "@import", "url(", "http:", "https:", "HASH", "/*S")
        .containsOnlyOnce("</script>")
        .containsOnlyOnce("</style>");
    try (Stream<Path> files = Files.list(page.getParent())) {
      assertThat(files).containsExactly(page);
    }
  }

  @ParameterizedTest
  @CsvSource({"theorem1", "--json", "--cases=5"})
  void thePlaygroundIsAskedForAlone(String argument) {
    Path page = folder.resolve("playground.html");
    assertThat(terminal.execute("theory", argument, "--playground=" + page)).isEqualTo(2);
    assertThat(terminal.err()).contains("--playground only writes a page");
    assertThat(page).doesNotExist();
  }

  @Test
  void nothingButFilesOfItsOwnAreReplaced() throws IOException {
    Path store = folder.resolve("runs.db");
    Path png = folder.resolve("theorem1-region.png");
    for (Path file : new Path[] {store, png}) {
      Files.writeString(file, "SQLite format 3\0");
    }
    assertThat(terminal.execute("theory", "--playground=" + store)).isEqualTo(1);
    assertThat(terminal.err()).contains("runs.db exists already", "--playground");
    assertThat(terminal.execute("theory", "theorem1", "--cases=1", "--out=" + folder)).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("theorem1-region.png exists already", "--out");
    for (Path file : new Path[] {store, png}) {
      assertThat(file).hasContent("SQLite format 3\0");
    }
    Path page = folder.resolve("page.html");
    assertThat(terminal.execute("theory", "--playground=" + page)).isZero();
    assertThat(terminal.execute("theory", "--playground=" + page)).isZero();
  }

  @Test
  void aPlaygroundThatCannotBeWrittenIsNamed() throws IOException {
    assertThat(terminal.execute("theory", "--playground=" + folder)).isEqualTo(1);
    assertThat(terminal.err()).contains(folder + " is a folder. Name a file");
    Path page = Files.createFile(folder.resolve("file")).resolve("playground.html");
    assertThat(terminal.execute("theory", "--playground=" + page)).isEqualTo(1);
    assertThat(terminal.err())
        .startsWith("unvanish: cannot write " + page)
        .contains("Name another file with --playground")
        .doesNotContain("\tat ");
  }
}
