package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.store.RunStore;

class ReportCommandTest {

  private static final String SPEC =
      """
      name: depth
      title: Two activation functions
      data: {source: synthetic, train-samples: 160, seed: 3}
      network: [{max-pooling: 8}, {dense: 4}, activation, {dense: classes}]
      defaults: {epochs: 2, seeds: 2}
      arms:
        - {name: tanh, activation: tanh}
        - {name: relu, activation: relu}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path results;

  @BeforeEach
  void train() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    results = folder.resolve("results");
    Path file = Files.writeString(folder.resolve("depth.yaml"), SPEC);
    assertThat(terminal.execute("run", file.toString(), "--out=" + results)).isZero();
  }

  @Test
  void thePageIsWrittenIntoTheFolder() throws IOException {
    assertThat(terminal.execute("report", results.toString())).isZero();
    Path page = results.resolve("report.html");
    assertThat(terminal.out()).isEqualTo("wrote " + page + System.lineSeparator());
    assertThat(Files.readString(page))
        .startsWith("<!doctype html>")
        .contains("Two activation functions", "relu");
  }

  @Test
  void thePageIsWrittenWhereItIsAskedForAndReplacesAnother() throws IOException {
    Path page = folder.resolve("new/pages/depth.html");
    assertThat(terminal.execute("report", results.toString(), "--out=" + page)).isZero();
    assertThat(terminal.execute("report", results.toString(), "--out", page.toString())).isZero();
    assertThat(Files.readString(page)).startsWith("<!doctype html>");
    try (Stream<Path> files = Files.list(page.getParent())) {
      assertThat(files).containsExactly(page);
    }
    assertThat(results.resolve("report.html")).doesNotExist();
  }

  @Test
  void aFolderThatIsBeingTrainedIsReported() throws IOException {
    RunStore training = RunStore.open(results);
    try {
      assertThat(terminal.execute("report", results.toString())).as(terminal.err()).isZero();
    } finally {
      training.close();
    }
    assertThat(Files.readString(results.resolve("report.html"))).contains("\"training\":true");
  }

  @Test
  void whatCannotBeReportedOrWrittenIsRefused() throws IOException {
    refuse(1, "there is no experiment in " + folder, "report", folder.toString());
    refuse(1, results + " is a folder", "report", results.toString(), "--out=" + results);
    Path file = Files.writeString(folder.resolve("file"), "");
    refuse(
        1,
        "Name another file with --out",
        "report",
        results.toString(),
        "--out=" + file.resolve("page.html"));
    refuse(2, "FOLDER", "report");
    assertThat(results.resolve("report.html")).doesNotExist();
  }

  @Test
  void nothingButAPageOfItsOwnIsReplaced() throws IOException {
    Path own = Files.writeString(folder.resolve("own.html"), "<!doctype html>\nmine");
    refuse(1, "own.html exists already", "report", results.toString(), "--out=" + own);
    assertThat(own).hasContent("<!doctype html>\nmine");
    for (String name : new String[] {"runs.db", "runs.lock"}) {
      Path part = results.resolve(name);
      byte[] before = Files.readAllBytes(part);
      refuse(1, name + " exists already", "report", results.toString(), "--out=" + part);
      assertThat(part).hasBinaryContent(before);
    }
    assertThat(terminal.execute("status", results.toString())).isZero();
  }

  private void refuse(int exitCode, String message, String... args) {
    int code = terminal.execute(args);
    assertThat(terminal.err()).startsWith("unvanish: ");
    assertThat(terminal.err()).contains(message).doesNotContain("\tat ");
    assertThat(terminal.out()).isEmpty();
    assertThat(code).isEqualTo(exitCode);
  }
}
