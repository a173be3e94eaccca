package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.catalog.DataCatalog;

/** What docs/results publishes comes out again, to the bit. */
class PublishedResultsTest {

  private static final Path PUBLISHED = Path.of("..", "docs", "results", "figure1");
  private static final int EPOCHS = 2;

  @TempDir private Path folder;

  @Test
  void twoEpochsOfFigure1TrainedAgainAreThoseThatArePublished() throws IOException {
    DataCatalog installed = DataCatalog.standard();
    assumeTrue(installed.defaultName().equals(DataCatalog.CIFAR10), "CIFAR-10 is not installed");
    Terminal terminal = new Terminal(installed.root());
    int code =
        terminal.execute(
            "run",
            PUBLISHED.resolve("figure1.yaml").toString(),
            "--seeds=1",
            "--epochs=" + EPOCHS,
            "--out=" + folder);
    assertThat(code).as(terminal.err()).isZero();

    // Two arms; a row for each epoch in one file, in the other for each tensor, and all, by source.
    assertThat(begun("epochs.csv")).hasSize(2 * EPOCHS);
    assertThat(begun("gradients.csv.gz")).hasSizeGreaterThan(2 * EPOCHS * 2);
    for (String file : List.of("epochs.csv", "gradients.csv", "rms.csv", "updates.csv")) {
      String published = Files.exists(PUBLISHED.resolve(file)) ? file : file + ".gz";
      List<String> rows = lines(folder.resolve(file));
      assertThat(rows.subList(1, rows.size())).as(file).isEqualTo(begun(published));
    }
  }

  /** The rows of the first seed's first epochs. */
  private static List<String> begun(String file) throws IOException {
    return lines(PUBLISHED.resolve(file)).stream()
        .filter(row -> row.matches("(\"[^\"]*\"|[^,\"]*),1,[12],.*"))
        .toList();
  }

  private static List<String> lines(Path file) throws IOException {
    try (InputStream stored = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(stored) : stored) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
