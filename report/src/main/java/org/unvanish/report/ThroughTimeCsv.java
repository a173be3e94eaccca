package org.unvanish.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.examination.SnapshotJson;
import org.unvanish.examination.ThroughTimeJson;
import org.unvanish.experiment.Arm;
import org.unvanish.file.ResultFile;
import org.unvanish.store.StoredDiagnosis;

/** The gradient's way back through the steps of recurrent layers, as probing found it, as CSV. */
public final class ThroughTimeCsv {

  /** The file's name. */
  public static final String FILE = "through-time.csv";

  private ThroughTimeCsv() {}

  /**
   * Writes the file into an existing folder, if there is something to be written.
   *
   * @param probed what probing found of each arm that was probed
   * @return the file; none where no network that was probed has a recurrent layer
   * @throws IOException if it cannot be written
   */
  public static Optional<Path> write(Map<Arm, StoredDiagnosis> probed, Path folder)
      throws IOException {
    if (probed.values().stream()
        .flatMap(found -> found.snapshots().stream())
        .allMatch(snapshot -> snapshot.throughTime().isEmpty())) {
      return Optional.empty();
    }
    Path file = folder.resolve(FILE);
    ResultFile.write(file, of(probed).getBytes(StandardCharsets.UTF_8));
    return Optional.of(file);
  }

  /** A row for each arm, snapshot, layer, direction and measured step. */
  static String of(Map<Arm, StoredDiagnosis> probed) throws IOException {
    CsvText table =
        new CsvText(
            "arm",
            "seed",
            "step",
            "layer",
            "reverse",
            "back",
            "size_log10",
            "carried_log10",
            "typical_log10",
            "activation_log10",
            "recurrent_log10",
            "cell_log10");
    for (Map.Entry<Arm, StoredDiagnosis> arm : probed.entrySet()) {
      for (SnapshotJson snapshot : arm.getValue().snapshots()) {
        // Where the loss is a number, what is none is the logarithm of zero.
        double none = snapshot.loss() == null ? Double.NaN : Double.NEGATIVE_INFINITY;
        for (ThroughTimeJson layer : snapshot.throughTime()) {
          for (ThroughTimeJson.Point point : layer.points()) {
            table.row(
                arm.getKey().name(),
                arm.getValue().seed(),
                snapshot.step(),
                layer.layer(),
                layer.reverse(),
                point.back(),
                number(point.sizeLog10(), none),
                number(point.carriedLog10(), none),
                number(point.typicalLog10(), none),
                number(point.activationLog10(), none),
                number(point.recurrentLog10(), none),
                number(point.cellLog10(), layer.gated() ? none : Double.NaN));
          }
        }
      }
    }
    return table.text();
  }

  private static double number(@Nullable Double value, double none) {
    return value == null ? none : value;
  }
}
