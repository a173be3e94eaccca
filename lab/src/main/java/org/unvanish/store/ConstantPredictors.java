package org.unvanish.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.unvanish.experiment.ConstantPredictor;

/** Writes and reads the constant predictors of proofs, within a transaction. */
final class ConstantPredictors {

  private ConstantPredictors() {}

  /** Keeps it for an experiment that is planned, in place of an earlier one. */
  static void write(Connection connection, String experiment, ConstantPredictor constant)
      throws SQLException {
    Schema.addConstantPredictors(connection);
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO constant_predictor VALUES (?, ?, ?, ?)",
        Sql.id(connection, "SELECT id FROM experiment WHERE name = ?", experiment),
        constant.accuracy(),
        constant.loss(),
        constant.samples());
  }

  /** The one that is kept for an experiment. */
  static Optional<ConstantPredictor> read(Connection connection, String experiment)
      throws SQLException {
    if (!Schema.hasConstantPredictors(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT accuracy, loss, samples FROM constant_predictor
            JOIN experiment ON experiment.id = constant_predictor.experiment
            WHERE experiment.name = ?""")) {
      Sql.set(select, experiment);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ConstantPredictor(
                    row.getDouble("accuracy"), row.getDouble("loss"), row.getInt("samples")))
            : Optional.empty();
      }
    }
  }
}
