package org.unvanish.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.experiment.Sweep;
import org.unvanish.file.ResultFile;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweptArm;

/** What a sweep came to, as CSV. */
public final class SweepCsv {

  /** The name of the file. */
  public static final String FILE = "sweep.csv";

  private SweepCsv() {}

  /**
   * Writes {@value #FILE} into an existing folder, atomically.
   *
   * @throws IOException if it cannot be written
   */
  static Path write(SweepResult result, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    ResultFile.write(file, text(result).getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /**
   * A row for each arm: its value on each axis; mean, interval and number of final scores, and how
   * many runs were asked for; the first layer's gradient in epoch 1; what became of runs that did
   * not finish.
   */
  static String text(SweepResult result) throws IOException {
    String score = result.measure().key();
    List<String> header = new ArrayList<>(List.of("arm"));
    result.axes().forEach(axis -> header.add(axis.name()));
    header.addAll(
        List.of(
            score, score + "_low", score + "_high", "n", "runs", "first_gradient", "unfinished"));
    CsvText table = new CsvText(header.toArray(String[]::new));
    for (SweptArm arm : result.arms()) {
      List<Object> row = new ArrayList<>(List.of(arm.arm().name()));
      for (Sweep.Value value : arm.values()) {
        row.add(value.number().isPresent() ? (Object) value.number().getAsDouble() : value.text());
      }
      ConfidenceInterval interval = arm.interval();
      row.addAll(
          List.of(
              arm.score(),
              interval.low(),
              interval.high(),
              arm.scores().size(),
              arm.asked(),
              arm.gradient(),
              arm.flaw().orElse("")));
      table.row(row.toArray());
    }
    return table.text();
  }
}
