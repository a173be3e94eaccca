package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.unvanish.experiment.Run;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Sql;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/**
 * Reads the measurements of one run, within a transaction. What cannot have been measured is an
 * {@link IllegalArgumentException}.
 */
public final class EpochReader {

  private final Connection connection;
  private final Run run;
  private final long id;

  /**
   * @param id of the run
   */
  public EpochReader(Connection connection, Run run, long id) {
    this.connection = connection;
    this.run = run;
    this.id = id;
  }

  /**
   * In order, without a gap.
   *
   * @param done how many there must be
   */
  public List<EpochRecord> epochs(int done) throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    Map<Integer, List<Row>> gradients = gradients();
    List<EpochRecord> epochs = new ArrayList<>();
    for (Row row : Sql.rows(connection, "SELECT * FROM epoch WHERE run = ? ORDER BY epoch", id)) {
      int epoch = epochs.size() + 1;
      String name = "epoch %d of %s".formatted(epoch, RunReader.name(run));
      if (row.integer("epoch") != epoch) {
        throw new IllegalArgumentException(name + " is missing");
      }
      List<Row> own = gradients.getOrDefault(epoch, List.of());
      List<Row> all = new ArrayList<>(List.of(row));
      all.addAll(own);
      checksums.require(RowChecksums.Of.EPOCH, id, epoch, all, name);
      try {
        epochs.add(epoch(row, own));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
      }
    }
    if (epochs.size() != done) {
      throw new IllegalArgumentException(
          "%s has %d epochs, but should have %d"
              .formatted(RunReader.name(run), epochs.size(), done));
    }
    return epochs;
  }

  private EpochRecord epoch(Row row, List<Row> gradients) {
    double trainAccuracy = row.share("train_accuracy");
    double testAccuracy = row.share("test_accuracy");
    // Other programs need not have test data.
    if (!run.arm().isWatched() && (Double.isNaN(trainAccuracy) || Double.isNaN(testAccuracy))) {
      throw new IllegalArgumentException("an accuracy is missing");
    }
    return new EpochRecord(
        row.count("epoch"),
        row.number("train_loss"),
        trainAccuracy,
        row.number("test_loss"),
        testAccuracy,
        row.magnitude("seconds"),
        gradients.stream().map(EpochReader::gradient).toList());
  }

  private Map<Integer, List<Row>> gradients() throws SQLException {
    Map<Integer, List<Row>> gradients = new TreeMap<>();
    for (Row row :
        Sql.rows(connection, "SELECT * FROM gradient WHERE run = ? ORDER BY epoch, position", id)) {
      gradients.computeIfAbsent(row.count("epoch"), epoch -> new ArrayList<>()).add(row);
    }
    return gradients;
  }

  private static ParameterGradient gradient(Row row) {
    return new ParameterGradient(
        row.text("parameter"),
        GradientSource.valueOf(row.text("source").toUpperCase(Locale.ROOT)),
        new GradientStatistics(
            row.integer("count"),
            row.magnitude("mean_abs"),
            row.magnitude("rms"),
            row.magnitude("max_abs"),
            row.magnitude("q05"),
            row.magnitude("q25"),
            row.magnitude("q50"),
            row.magnitude("q75"),
            row.magnitude("q95"),
            row.share("vanished_share")));
  }
}
