package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Shard;
import org.unvanish.store.RunState;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Sql;

/** Adds an experiment to the store, or extends it, within a transaction. */
public final class Planner {

  private final Connection connection;
  private final RowChecksums checksums;
  private final Experiment experiment;
  private final Optional<Shard> shard;

  /**
   * @param experiment the whole
   * @param shard which part of its runs is trained here; empty for all of them
   */
  public Planner(Connection connection, Experiment experiment, Optional<Shard> shard)
      throws SQLException {
    this.shard = shard;
    this.connection = connection;
    this.checksums = new RowChecksums(connection);
    this.experiment = experiment;
  }

  /**
   * Writes experiment, arms and runs.
   *
   * @param folder for the message
   * @throws StoreException if it contradicts what is there
   */
  public void plan(String spec, String files, String folder) throws SQLException {
    requireDifferentArms(experiment);
    for (StoredExperiment stored : new ExperimentReader(connection).experiments()) {
      if (stored.name().equals(experiment.name())) {
        requireSameShard(stored, folder);
        requireSameArms(stored, folder);
      }
    }
    long id = writeExperiment(spec, files);
    new DataColumns(connection).write(id, experiment.data().columns());
    new RaceTables(connection, experiment).plan(id);
    writeArms(id);
  }

  private Definition definition(Arm arm) {
    return Definition.of(arm, experiment.data());
  }

  public static void requireDifferentArms(Experiment experiment) {
    Map<Definition, String> names = new HashMap<>();
    for (Arm arm : experiment.arms()) {
      String other = names.putIfAbsent(Definition.of(arm, experiment.data()), arm.name());
      if (other != null) {
        throw new StoreException(
            "arms \"%s\" and \"%s\" of %s differ by name only. Remove one of them."
                .formatted(other, arm.name(), experiment.name()));
      }
    }
  }

  private void requireSameShard(StoredExperiment stored, String folder) {
    if (!stored.shard().equals(shard)) {
      throw new StoreException(
          "%s holds %s of %s, not %s. Choose another folder, one for each shard; unvanish merge puts them together."
              .formatted(folder, name(stored.shard()), experiment.name(), name(shard)));
    }
  }

  private static String name(Optional<Shard> shard) {
    return shard.map(Shard::toString).orElse("the whole");
  }

  private void requireSameArms(StoredExperiment stored, String folder) {
    Map<String, Definition> now =
        experiment.arms().stream().collect(Collectors.toMap(Arm::name, this::definition));
    List<String> differences = new ArrayList<>();
    for (StoredArm arm : stored.arms()) {
      Definition changed = now.get(arm.name());
      if (changed != null) {
        for (String difference : arm.definition().differences(changed)) {
          differences.add("%s: %s".formatted(arm.name(), difference));
        }
      }
    }
    if (!differences.isEmpty()) {
      if (!stored.data().sha256().equals(experiment.data().sha256())) {
        differences.add(
            0,
            "data: %s in the folder, %s now"
                .formatted(stored.data().title(), experiment.data().title()));
      }
      throw StoreException.ofDifferences(
          ("%s has runs of %s with other settings. Choose another folder, or rename the arms that"
                  + " changed:")
              .formatted(folder, experiment.name()),
          differences);
    }
  }

  private long writeExperiment(String spec, String files) throws SQLException {
    DataDescription data = experiment.data();
    Sql.update(
        connection,
        """
        INSERT INTO experiment (name, title, spec, files, data_name, data_title, data_sha256,
          channels, rows, columns, classes, train_samples, test_samples)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title, spec = excluded.spec,
          files = excluded.files, data_name = excluded.data_name, data_title = excluded.data_title,
          data_sha256 = excluded.data_sha256, channels = excluded.channels, rows = excluded.rows,
          columns = excluded.columns, classes = excluded.classes,
          train_samples = excluded.train_samples, test_samples = excluded.test_samples""",
        experiment.name(),
        experiment.title(),
        spec,
        files,
        data.name(),
        data.title(),
        data.sha256(),
        data.shape().channels(),
        data.shape().rows(),
        data.shape().columns(),
        data.classes(),
        data.trainSamples(),
        data.testSamples());
    return Sql.id(connection, "SELECT id FROM experiment WHERE name = ?", experiment.name());
  }

  private void writeArms(long id) throws SQLException {
    Sql.update(connection, "DELETE FROM experiment_arm WHERE experiment = ?", id);
    List<Arm> arms = experiment.arms();
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      Definition definition = definition(arm);
      Sql.update(
          connection,
          "INSERT INTO arm (sha256, definition) VALUES (?, ?) ON CONFLICT DO NOTHING",
          definition.sha256(),
          definition.text());
      long armId = Sql.id(connection, "SELECT id FROM arm WHERE sha256 = ?", definition.sha256());
      Sql.update(
          connection,
          "INSERT INTO experiment_arm VALUES (?, ?, ?, ?, ?, ?)",
          id,
          i,
          arm.name(),
          armId,
          arm.epochs(),
          arm.seeds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
      writeRuns(armId, arm.seeds());
    }
    if (shard.isPresent()) {
      Sql.update(
          connection,
          "INSERT OR REPLACE INTO shard VALUES (?, ?, ?)",
          id,
          shard.get().number(),
          shard.get().count());
    }
    checksums.write(RowChecksums.Of.EXPERIMENT, id, 0);
  }

  private void writeRuns(long arm, List<Long> seeds) throws SQLException {
    for (long seed : seeds) {
      int added =
          Sql.update(
              connection,
              "INSERT INTO run (arm, seed, state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
              arm,
              seed,
              RunState.PLANNED.stored());
      if (added > 0) {
        long id = Sql.id(connection, "SELECT id FROM run WHERE arm = ? AND seed = ?", arm, seed);
        checksums.write(RowChecksums.Of.RUN, id, 0);
      }
    }
  }
}
