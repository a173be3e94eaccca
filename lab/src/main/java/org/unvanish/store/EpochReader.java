package org.unvanish.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/** Reads the measurements of one run, within a transaction. */
final class EpochReader {

  private final Connection connection;
  private final long run;

  EpochReader(Connection connection, long run) {
    this.connection = connection;
    this.run = run;
  }

  /** In order. */
  List<EpochRecord> epochs() throws SQLException {
    Map<Integer, List<ParameterGradient>> gradients = gradients();
    List<EpochRecord> epochs = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM epoch WHERE run = ? ORDER BY epoch")) {
      Sql.set(select, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int epoch = row.getInt("epoch");
          epochs.add(
              new EpochRecord(
                  epoch,
                  Sql.number(row, "train_loss"),
                  Sql.number(row, "train_accuracy"),
                  Sql.number(row, "test_loss"),
                  Sql.number(row, "test_accuracy"),
                  Sql.number(row, "seconds"),
                  gradients.getOrDefault(epoch, List.of())));
        }
      }
    }
    return epochs;
  }

  private Map<Integer, List<ParameterGradient>> gradients() throws SQLException {
    Map<Integer, List<ParameterGradient>> gradients = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM gradient WHERE run = ? ORDER BY epoch, position")) {
      Sql.set(select, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          gradients
              .computeIfAbsent(row.getInt("epoch"), epoch -> new ArrayList<>())
              .add(
                  new ParameterGradient(
                      row.getString("parameter"),
                      GradientSource.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                      statistics(row)));
        }
      }
    }
    return gradients;
  }

  private static GradientStatistics statistics(ResultSet row) throws SQLException {
    return new GradientStatistics(
        row.getLong("count"),
        Sql.number(row, "mean_abs"),
        Sql.number(row, "rms"),
        Sql.number(row, "max_abs"),
        Sql.number(row, "q05"),
        Sql.number(row, "q25"),
        Sql.number(row, "q50"),
        Sql.number(row, "q75"),
        Sql.number(row, "q95"),
        Sql.number(row, "vanished_share"));
  }
}
