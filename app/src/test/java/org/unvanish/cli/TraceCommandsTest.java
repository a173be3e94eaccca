package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.store.RunStore;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TraceCommandsTest {

  private static final Path TRACES = Path.of("../lab/src/test/resources/org/unvanish/trace");

  @TempDir private Path folder;
  private Terminal terminal;
  private Path trace;

  @BeforeEach
  void aTrace() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    trace = Files.copy(TRACES.resolve("residual.jsonl"), folder.resolve("trace.jsonl"));
  }

  @Test
  void aTraceIsDiagnosedInWords() {
    assertThat(terminal.execute("diagnose", trace.toString(), "--verbose")).isZero();
    assertThat(terminal.out())
        .startsWith("trace.jsonl, recorded of a Residual over 2 mini-batches of 8 samples")
        .contains("after 10 steps", "block.2", "\nVerdict   ", "\nIn full   ");
    assertThat(terminal.err())
        .isEqualToNormalizingNewlines(
            "Next, see it as a web page: unvanish report %s%n".formatted(trace));
  }

  @Test
  void aTraceIsDiagnosedAsJson() throws IOException {
    assertThat(terminal.execute("diagnose", trace.toString(), "--json")).isZero();
    JsonNode json = terminal.json("diagnosis-schema");
    assertThat(json.path("arm").asText()).isEqualTo("Residual");
    assertThat(json.path("snapshots").size()).isEqualTo(2);
  }

  @Test
  void aVerdictMayFailTheCommand() {
    Path dead = TRACES.resolve("dead.jsonl");
    assertThat(terminal.execute("diagnose", dead.toString(), "--fail-on", "vanishing"))
        .isEqualTo(1);
    assertThat(terminal.out()).contains("* nothing arrives here");
  }

  @Test
  void aBuildReadsTheVerdictsAsTestsOfJUnit() throws Exception {
    String dead = TRACES.resolve("dead.jsonl").toString();
    Path report = folder.resolve("target/junit.xml");
    String[] named = {"--fail-on=exploding,vanishing", "--junit=" + report};
    assertThat(terminal.execute("diagnose", dead, named[0], named[1], "--verbose")).isOne();
    Element suite = suite(report);
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    NodeList tests = suite.getElementsByTagName("testcase");
    assertThat(((Element) tests.item(0)).getAttribute("name")).endsWith(": not exploding");
    assertThat(tests.item(0).getTextContent()).isEmpty();
    assertThat(((Element) tests.item(1)).getAttribute("name"))
        .startsWith("dead.jsonl")
        .endsWith(": not vanishing");
    assertThat(terminal.out()).endsWith(tests.item(1).getTextContent());
    assertThat(tests.item(1).getTextContent()).contains("relu units are dead");
    assertThat(((Element) tests.item(1).getFirstChild()).getAttribute("message"))
        .startsWith("The gradient vanishes because relu units are dead. ");

    // The same diagnosis has the same report, and one that fails leaves no earlier one behind.
    byte[] bytes = Files.readAllBytes(report);
    assertThat(terminal.execute("diagnose", dead, named[0], named[1])).isOne();
    assertThat(report).hasBinaryContent(bytes);
    assertThat(terminal.execute("diagnose", folder + "/no.jsonl", named[0], named[1])).isOne();
    assertThat(report).doesNotExist();
  }

  @Test
  void aReportThatCannotBeIsRefusedBeforeAnyWork() throws IOException {
    String dead = TRACES.resolve("dead.jsonl").toString();
    Path own = Files.writeString(folder.resolve("own.xml"), "<mine/>");
    assertThat(terminal.execute("diagnose", dead, "--junit=" + own)).isEqualTo(2);
    assertThat(terminal.err()).contains("--fail-on vanishing,exploding");
    assertThat(terminal.execute("diagnose", dead, "--fail-on=vanishing", "--junit=" + own)).isOne();
    assertThat(terminal.err()).contains("own.xml exists already");
    assertThat(terminal.out()).isEmpty();
    assertThat(own).hasContent("<mine/>");
  }

  private static Element suite(Path report) throws Exception {
    return (Element)
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testsuite")
            .item(0);
  }

  @Test
  void whatNeedsWeightsIsRefused() {
    for (String option : List.of("--apply", "--seed=3", "--snapshots=100", "--epochs=3")) {
      assertThat(terminal.execute("diagnose", trace.toString(), option)).isEqualTo(2);
      assertThat(terminal.out()).isEmpty();
    }
  }

  @Test
  void whatIsNoTraceIsNamed() throws IOException {
    assertThat(terminal.execute("diagnose", folder.resolve("no.jsonl").toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("there is no file");
    Files.writeString(trace, "{\"step\": 3}\n");
    assertThat(terminal.execute("diagnose", trace.toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("trace.jsonl:1: ", "unvanish show trace-schema");
  }

  @Test
  void aTraceIsReportedAsAPage() throws IOException {
    assertThat(terminal.execute("report", trace.toString())).isZero();
    String page = Files.readString(folder.resolve("trace.html"));
    assertThat(page).contains("trace.jsonl, recorded by PyTorch", "block.2");
    assertThat(Files.exists(folder.resolve(RunStore.FILE))).isFalse();
  }

  /** The store that is served grows with the trace, and begins anew with a new training. */
  @Test
  void aServedTraceIsFollowed() throws Exception {
    List<String> lines = Files.readAllLines(trace);
    Files.writeString(trace, String.join("\n", lines.subList(0, 2)) + "\n");
    List<String> warnings = new ArrayList<>();
    Path served;
    try (FollowedTrace followed = new FollowedTrace(trace, 3_600_000, warnings::add)) {
      served = followed.folder();
      assertThat(snapshots(served)).isEqualTo(1);
      Files.writeString(trace, String.join("\n", lines) + "\n");
      followed.look();
      assertThat(snapshots(served)).isEqualTo(2);
      Files.writeString(
          trace, String.join("\n", lines) + "\n" + String.join("\n", lines.subList(0, 2)) + "\n");
      followed.look();
      assertThat(snapshots(served)).isEqualTo(1);
      assertThat(warnings).isEmpty();
      Files.writeString(trace, "nonsense\n");
      followed.look();
      assertThat(warnings).singleElement().asString().contains("trace.jsonl:1: ");
      assertThat(snapshots(served)).isEqualTo(1);
    }
    assertThat(served).doesNotExist();
  }

  /** It may be served before the program that writes it has begun, and when that begins anew. */
  @Test
  void aServedTraceIsWaitedFor() throws Exception {
    List<String> lines = Files.readAllLines(trace);
    Path later = folder.resolve("later.jsonl");
    List<String> warnings = new ArrayList<>();
    try (FollowedTrace followed = new FollowedTrace(later, 3_600_000, warnings::add)) {
      assertThat(warnings).singleElement().asString().contains("later.jsonl yet");
      assertThat(followed.folder()).hasFileName("later.jsonl");
      assertThat(snapshots(followed.folder())).isZero();
      for (String begun : List.of("", lines.get(0).substring(0, 30), lines.get(0) + "\n")) {
        Files.writeString(later, begun);
        followed.look();
        assertThat(snapshots(followed.folder())).isZero();
      }
      Files.writeString(later, String.join("\n", lines) + "\n");
      followed.look();
      assertThat(snapshots(followed.folder())).isEqualTo(2);
      // Written anew, with a first snapshot that is another one.
      Files.writeString(
          later, lines.get(0) + "\n" + lines.get(1).replace("\"step\":0", "\"step\":7") + "\n");
      followed.look();
      assertThat(snapshots(followed.folder())).isEqualTo(1);
      assertThat(warnings).hasSize(1);
    }
    assertThat(terminal.execute("serve", folder.resolve("no/such.jsonl").toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("there is no file");
  }

  /** Thousands of snapshots are a page like any other. */
  @Test
  void aLongTraceIsAShortPage() throws Exception {
    List<String> lines = Files.readAllLines(trace);
    StringBuilder text = new StringBuilder(lines.get(0) + "\n");
    for (int i = 0; i < 2000; i++) {
      text.append(lines.get(1).replace("\"step\":0", "\"step\":" + i)).append('\n');
    }
    Files.writeString(trace, text);
    assertThat(terminal.execute("report", trace.toString())).isZero();
    String page = Files.readString(folder.resolve("trace.html"));
    String model = page.substring(page.indexOf("id=\"model\""));
    assertThat(model.substring(0, model.indexOf("</script>"))).hasSizeLessThan(50_000);
    assertThat(terminal.execute("diagnose", trace.toString(), "--verbose")).isZero();
    assertThat(terminal.out()).contains("after 1999 steps", "of 2000 snapshots");
    assertThat(terminal.out().lines().count()).isLessThan(80);
  }

  private static int snapshots(Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      return store.diagnoses(store.experiments().get(0).watched()).values().stream()
          .mapToInt(found -> found.snapshots().size())
          .sum();
    }
  }

  @Test
  void hooksAndSchemaAreShown() {
    for (String name : List.of("pytorch-hook", "keras-hook")) {
      assertThat(terminal.execute("show", name)).isZero();
      assertThat(terminal.out()).startsWith("\"\"\"Records").contains("class Recorder");
    }
    assertThat(terminal.execute("show", "trace-schema")).isZero();
    assertThat(terminal.out()).contains("json-schema.org");
  }
}
