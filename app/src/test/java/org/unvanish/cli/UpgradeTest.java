package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.Dataset;
import org.unvanish.train.Model;

/** What 0.1.0 wrote is read, goes on and is reported. The files say of themselves what they are. */
class UpgradeTest {

  @TempDir private Path folder;
  private Terminal terminal = new Terminal(Path.of(""));
  private Path out = Path.of("");
  private Path spec = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    out = Files.createDirectory(folder.resolve("results"));
    spec = folder.resolve("own.yaml");
    Files.write(spec, bytes("own.yaml"));
    try (InputStream packed = new GZIPInputStream(open("runs.db.gz"))) {
      Files.copy(packed, out.resolve("runs.db"));
    }
    Files.write(out.resolve("upgrade.yaml"), bytes("filled.yaml"));
  }

  @Test
  void aStoreIsShownComparedAndReportedWithoutBeingTrained() {
    succeed("status", out.toString());
    assertThat(terminal.out()).contains("upgrade", "2 finished", "4 of 4");
    succeed("compare", out.toString());
    assertThat(terminal.out()).contains("tanh", "scaled");
    succeed("report", out.toString());
    assertThat(out.resolve("report.html")).content().contains("Does a store of 0.1 go on?");
  }

  @Test
  void aSpecInTheWordsOfThenGoesOnToTheBitsThatThenWereTrainedWithoutAStop() throws Exception {
    succeed("run", spec.toString(), "--epochs=3", "--probe", "--out=" + out);
    assertThat(terminal.out()).contains("2 finished");
    for (String table : List.of("epochs.csv", "gradients.csv", "summary.csv")) {
      assertThat(out.resolve(table)).hasBinaryContent(bytes(table));
    }
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("runs.db"));
        Statement statement = store.createStatement();
        ResultSet later =
            statement.executeQuery("SELECT count(*) FROM session WHERE first_epoch = 3")) {
      assertThat(later.getInt(1)).as("runs that went on").isEqualTo(4);
    }
  }

  @Test
  void aModelPredictsTheSameToTheBit() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.write(file, bytes("model.safetensors"));
    assertThat(Arrays.deepToString(Model.load(file).outputs(steps().test())))
        .isEqualTo(
            "[[1.0449531, 0.94112664], [0.8612749, 0.28388035], [0.9009648, 0.4959932], "
                + "[0.8097355, 0.23544972], [0.8403722, 0.4471613], [0.8630448, 0.82629794], "
                + "[1.1005479, 0.9774846], [0.95902306, 0.5441785]]");
  }

  private static Dataset steps() {
    float[][] rows = new float[40][3];
    int[] labels = new int[40];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (7 * i + 3 * j) % 11 / 8f;
      }
      labels[i] = i % 2;
    }
    return Dataset.of("steps", rows, labels);
  }

  private void succeed(String... args) {
    assertThat(terminal.execute(args)).as("%s", terminal.err()).isZero();
  }

  private static byte[] bytes(String name) {
    try (InputStream file = open(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        UpgradeTest.class.getResourceAsStream("/org/unvanish/upgrade/" + name), name);
  }
}
