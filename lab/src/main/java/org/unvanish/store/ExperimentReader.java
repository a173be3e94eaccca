package org.unvanish.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.network.Shape;

/** Reads experiments and their arms, within a transaction. */
final class ExperimentReader {

  private final Connection connection;

  ExperimentReader(Connection connection) {
    this.connection = connection;
  }

  /** In the order in which they were first planned. */
  List<StoredExperiment> experiments() throws SQLException {
    List<StoredExperiment> experiments = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT * FROM experiment ORDER BY id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        experiments.add(
            new StoredExperiment(
                row.getString("name"),
                row.getString("title"),
                row.getString("spec"),
                row.getString("files"),
                data(row),
                arms(row.getLong("id"))));
      }
    }
    return experiments;
  }

  private static DataDescription data(ResultSet row) throws SQLException {
    return new DataDescription(
        row.getString("data_name"),
        row.getString("data_title"),
        row.getString("data_sha256"),
        new Shape(row.getInt("channels"), row.getInt("rows"), row.getInt("columns")),
        row.getInt("classes"),
        row.getInt("train_samples"),
        row.getInt("test_samples"));
  }

  private List<StoredArm> arms(long experiment) throws SQLException {
    List<StoredArm> arms = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT name, definition, epochs, seeds FROM experiment_arm
            JOIN arm ON arm.id = experiment_arm.arm
            WHERE experiment = ? ORDER BY position""")) {
      Sql.set(select, experiment);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          arms.add(
              new StoredArm(
                  row.getString("name"),
                  new Definition(row.getString("definition")),
                  row.getInt("epochs"),
                  Arrays.stream(row.getString("seeds").split(" ")).map(Long::valueOf).toList()));
        }
      }
    }
    return arms;
  }
}
