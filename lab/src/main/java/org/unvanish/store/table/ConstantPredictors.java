package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.ConstantPredictor.Bar;
import org.unvanish.loss.SoftmaxCrossEntropy;
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
    Sql.update(connection, "DELETE FROM constant_score WHERE experiment = ?", id);
    for (Map.Entry<String, Bar> bar : constant.bars().entrySet()) {
      Sql.update(
          connection,
          "INSERT INTO constant_score VALUES (?, ?, ?, ?)",
          id,
          bar.getKey(),
          bar.getValue().score(),
          bar.getValue().clear());
    }
    new RowChecksums(connection).write(RowChecksums.Of.EXPERIMENT, id, 0);
  }

  /** The one that is kept for an experiment. */
  public static Optional<ConstantPredictor> read(Connection connection, String experiment)
      throws SQLException {
    if (!Schema.hasChecksums(connection)) {
      return Optional.empty();
    }
    Optional<Row> planned = Sql.row(connection, ID, experiment);
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    long id = planned.get().integer("id");
    new RowChecksums(connection)
        .require(RowChecksums.Of.EXPERIMENT, id, 0, "the experiment " + experiment);
    Map<String, Bar> bars = new LinkedHashMap<>();
    if (Schema.hasScores(connection)) {
      for (Row row :
          Sql.rows(connection, "SELECT * FROM constant_score WHERE experiment = ?", id)) {
        bars.put(row.text("name"), new Bar(row.number("value"), row.number("clear")));
      }
    }
    return bars.isEmpty() ? older(connection, id) : Optional.of(new ConstantPredictor(bars));
  }

  /** As stores had it when classification was all there was. */
  private static Optional<ConstantPredictor> older(Connection connection, long experiment)
      throws SQLException {
    return Sql.row(connection, "SELECT * FROM constant_predictor WHERE experiment = ?", experiment)
        .map(
            row ->
                SoftmaxCrossEntropy.constant(
                    row.number("loss"), row.number("accuracy"), row.count("samples")));
  }
}
