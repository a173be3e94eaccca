package org.unvanish.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unvanish.comparison.RaceSummary;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.file.ResultFile;

/** Who was dropped from a race, when and why, as CSV. */
public final class DroppedCsv {

  /** Its name. */
  public static final String FILE = "dropped.csv";

  private DroppedCsv() {}

  /**
   * Writes the file, atomically, if an arm was dropped or the file is there from when one was.
   *
   * @param folder one that exists
   * @throws IOException if it cannot be written
   */
  public static Optional<Path> write(ExperimentResult result, Path folder) throws IOException {
    List<DroppedArm> dropped = RaceSummary.dropped(result);
    Path file = folder.resolve(FILE);
    if (dropped.isEmpty() && !Files.exists(file)) {
      return Optional.empty();
    }
    ResultFile.write(file, of(dropped).getBytes(StandardCharsets.UTF_8));
    return Optional.of(file);
  }

  static String of(List<DroppedArm> dropped) throws IOException {
    CsvText table =
        new CsvText(
            "arm",
            "stage",
            "epochs",
            "seeds",
            "reason",
            "place",
            "of",
            "went_on",
            "score",
            "rival",
            "rival_score",
            "p");
    for (DroppedArm arm : dropped) {
      table.row(
          arm.arm(),
          arm.stage(),
          arm.epochs(),
          arm.seeds(),
          arm.reason().label(),
          arm.place(),
          arm.of(),
          arm.left(),
          arm.score(),
          arm.rival(),
          arm.bar(),
          arm.pValue());
    }
    return table.text();
  }
}
