package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unvanish.data.Columns;
import org.unvanish.data.Shape;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Shard;
import org.unvanish.loss.TargetKind;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/** Reads experiments and their arms, within a transaction. */
public final class ExperimentReader {

  private final Connection connection;

  public ExperimentReader(Connection connection) {
    this.connection = connection;
  }

  /** In the order in which they were first planned. */
  public List<StoredExperiment> experiments() throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    DataColumns columns = new DataColumns(connection);
    List<StoredExperiment> experiments = new ArrayList<>();
    for (Row row : Sql.rows(connection, "SELECT * FROM experiment ORDER BY id")) {
      String name = row.text("name");
      long id = row.integer("id");
      checksums.require(RowChecksums.Of.EXPERIMENT, id, 0, "the experiment " + name);
      List<StoredArm> arms = arms(id);
      // All arms learn the same.
      DataDescription data =
          data(row, columns.read(id)).withTargets(arms.get(0).definition().targets());
      StoredExperiment experiment =
          new StoredExperiment(
              name, row.text("title"), row.text("spec"), row.text("files"), data, arms, shard(id));
      // As a spec's name is: files and folders are named by them.
      require("the name of an experiment", name);
      if (!experiment.files().isEmpty()) {
        require("the folder for the files of " + name, experiment.files());
      }
      if (experiment.isWatched()) {
        // Refuses what no experiment can be; a spec is checked when it is read.
        experiment.watched();
      }
      experiments.add(experiment);
    }
    return experiments;
  }

  private Optional<Shard> shard(long experiment) throws SQLException {
    return Schema.hasShards(connection)
        ? Sql.row(connection, "SELECT * FROM shard WHERE experiment = ?", experiment)
            .map(row -> new Shard(row.count("number"), row.count("count")))
        : Optional.empty();
  }

  private static void require(String what, String name) {
    if (!Experiment.isName(name)) {
      throw new IllegalArgumentException("%s is \"%s\"".formatted(what, name));
    }
  }

  private static DataDescription data(Row row, Columns columns) {
    return new DataDescription(
        row.text("data_name"),
        row.text("data_title"),
        row.text("data_sha256"),
        new Shape(row.count("channels"), row.count("rows"), row.count("columns")),
        row.count("classes"),
        row.count("train_samples"),
        row.count("test_samples"),
        columns,
        TargetKind.CLASSES);
  }

  private List<StoredArm> arms(long experiment) throws SQLException {
    List<StoredArm> arms = new ArrayList<>();
    for (Row row :
        Sql.rows(
            connection,
            """
            SELECT name, definition, epochs, seeds, arm.id, sha256 FROM experiment_arm
            JOIN arm ON arm.id = experiment_arm.arm
            WHERE experiment = ? ORDER BY position""",
            experiment)) {
      StoredArm arm =
          new StoredArm(
              row.text("name"),
              new Definition(row.text("definition")),
              row.count("epochs"),
              Arrays.stream(row.text("seeds").split(" ")).map(Long::valueOf).toList());
      if (!arm.definition().sha256().equals(row.text("sha256"))) {
        throw new IllegalArgumentException(
            "the definition of arm \"%s\" is not as it was written".formatted(arm.name()));
      }
      requireRuns(arm, row.integer("id"));
      arms.add(arm);
    }
    return arms;
  }

  private void requireRuns(StoredArm arm, long id) throws SQLException {
    Set<Long> seeds = new HashSet<>();
    for (Row row : Sql.rows(connection, "SELECT seed FROM run WHERE arm = ?", id)) {
      seeds.add(row.integer("seed"));
    }
    for (long seed : arm.seeds()) {
      if (!seeds.contains(seed)) {
        throw new IllegalArgumentException(
            "arm \"%s\" has no run with seed %d".formatted(arm.name(), seed));
      }
    }
  }
}
