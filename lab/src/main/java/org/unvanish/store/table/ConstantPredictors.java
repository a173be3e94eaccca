package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.unvanish.experiment.ConstantPredictor;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/** Writes and reads the constant predictors of proofs, within a transaction. */
public final class ConstantPredictors {

  private static final String ID = "SELECT id FROM experiment WHERE name = ?";

  private ConstantPredictors() {}

  /** Keeps it for an experiment that is planned, in place of an earlier one. */
  public static void write(Connection connection, String experiment, ConstantPredictor constant)
      throws SQLException {
    long id = Sql.id(connection, ID, experiment);
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO constant_predictor VALUES (?, ?, ?, ?)",
        id,
        constant.accuracy(),
        constant.loss(),
        constant.samples());
    new RowChecksums(connection).write(RowChecksums.Of.EXPERIMENT, id, 0);
  }

  /** The one that is kept for an experiment. */
  public static Optional<ConstantPredictor> read(Connection connection, String experiment)
      throws SQLException {
    if (!Schema.hasChecksums(connection)) {
      return Optional.empty();
    }
    Optional<Row> found =
        Sql.row(
            connection,
            "SELECT * FROM constant_predictor WHERE experiment IN (" + ID + ")",
            experiment);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Row row = found.get();
    new RowChecksums(connection)
        .require(
            RowChecksums.Of.EXPERIMENT,
            row.integer("experiment"),
            0,
            "the experiment " + experiment);
    return Optional.of(
        new ConstantPredictor(row.number("accuracy"), row.number("loss"), row.count("samples")));
  }
}
