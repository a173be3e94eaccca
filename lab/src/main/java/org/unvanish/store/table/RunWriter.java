package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunState;
import org.unvanish.store.sql.Floats;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Sql;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.LearnedScale;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.UpdateRatio;
import org.unvanish.train.ValueSize;

/** Writes what becomes of one run, within a transaction. */
public final class RunWriter {

  private final Connection connection;
  private final RowChecksums checksums;
  private final long run;

  public RunWriter(Connection connection, long run) throws SQLException {
    this.connection = connection;
    this.checksums = new RowChecksums(connection);
    this.run = run;
  }

  public void started(int epochsDone, Provenance provenance) throws SQLException {
    checksums.require(RowChecksums.Of.RUN, run, 0, "run " + run);
    Sql.update(
        connection,
        "UPDATE run SET state = ?, failure = NULL, stack_trace = NULL WHERE id = ?",
        RunState.RUNNING.stored(),
        run);
    Sql.update(
        connection,
        "INSERT INTO session VALUES (NULL, ?, ?, ?, ?, ?, ?, NULL)",
        run,
        epochsDone + 1,
        provenance.version(),
        provenance.jvm(),
        provenance.cpu(),
        now());
    checksums.write(RowChecksums.Of.RUN, run, 0);
  }

  public void epoch(EpochRecord epoch) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO epoch VALUES (?, ?, ?, ?, ?, ?, ?)",
        run,
        epoch.epoch(),
        epoch.trainLoss(),
        epoch.trainAccuracy(),
        epoch.testLoss(),
        epoch.testAccuracy(),
        epoch.seconds());
    gradients(epoch);
    updates(epoch);
    scales(epoch);
    sizes(epoch);
    scores(epoch);
    Sql.update(connection, "UPDATE run SET epochs_done = ? WHERE id = ?", epoch.epoch(), run);
    checksums.write(RowChecksums.Of.EPOCH, run, epoch.epoch());
    checksums.write(RowChecksums.Of.RUN, run, 0);
  }

  public void checkpoint(Checkpoint checkpoint) throws SQLException {
    Object[] row = {
      run,
      checkpoint.epoch(),
      checkpoint.step(),
      Floats.bytes(checkpoint.parameters()),
      Floats.bytes(checkpoint.firstMoments()),
      Floats.bytes(checkpoint.secondMoments())
    };
    Sql.update(connection, "INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?, ?)", row);
    checksums.write(RowChecksums.Of.CHECKPOINT, run, 0, row);
  }

  /** Those that have no columns. */
  private void scores(EpochRecord epoch) throws SQLException {
    Map<String, Double> test = epoch.test().values();
    for (Map.Entry<String, Double> train : epoch.train().values().entrySet()) {
      String name = train.getKey();
      if (!EpochReader.COLUMNS.contains(name)) {
        Sql.update(
            connection,
            "INSERT INTO score VALUES (?, ?, ?, ?, ?)",
            run,
            epoch.epoch(),
            name,
            train.getValue(),
            test.getOrDefault(name, Double.NaN));
      }
    }
  }

  private void gradients(EpochRecord epoch) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO gradient VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      List<ParameterGradient> gradients = epoch.gradients();
      for (int i = 0; i < gradients.size(); i++) {
        ParameterGradient gradient = gradients.get(i);
        GradientStatistics s = gradient.statistics();
        Sql.set(
            insert,
            run,
            epoch.epoch(),
            i,
            gradient.parameter(),
            gradient.source().label(),
            s.count(),
            s.meanAbs(),
            s.rms(),
            s.maxAbs(),
            s.q05(),
            s.q25(),
            s.q50(),
            s.q75(),
            s.q95(),
            s.vanishedShare());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void updates(EpochRecord epoch) throws SQLException {
    for (int i = 0; i < epoch.updates().size(); i++) {
      UpdateRatio update = epoch.updates().get(i);
      Sql.update(
          connection,
          "INSERT INTO parameter_update VALUES (?, ?, ?, ?, ?)",
          run,
          epoch.epoch(),
          i,
          update.parameter(),
          update.value());
    }
  }

  private void scales(EpochRecord epoch) throws SQLException {
    for (int i = 0; i < epoch.scales().size(); i++) {
      LearnedScale scale = epoch.scales().get(i);
      Sql.update(
          connection,
          "INSERT INTO learned_scale VALUES (?, ?, ?, ?, ?)",
          run,
          epoch.epoch(),
          i,
          scale.parameter(),
          scale.value());
    }
  }

  private void sizes(EpochRecord epoch) throws SQLException {
    for (int i = 0; i < epoch.sizes().size(); i++) {
      ValueSize size = epoch.sizes().get(i);
      Sql.update(
          connection,
          "INSERT INTO value_size VALUES (?, ?, ?, ?, ?, ?)",
          run,
          epoch.epoch(),
          i,
          size.kind().label(),
          size.name(),
          size.rms());
    }
  }

  public void ended(RunOutcome outcome) throws SQLException {
    if (outcome instanceof RunOutcome.Diverged diverged) {
      Sql.update(
          connection,
          "UPDATE run SET state = ?, diverged_epoch = ?, diverged_step = ? WHERE id = ?",
          RunState.DIVERGED.stored(),
          diverged.epoch(),
          diverged.step(),
          run);
    } else if (outcome instanceof RunOutcome.Failed failed) {
      Sql.update(
          connection,
          "UPDATE run SET state = ?, failure = ?, stack_trace = ? WHERE id = ?",
          RunState.FAILED.stored(),
          failed.detail(),
          failed.stackTrace(),
          run);
    } else {
      RunState state =
          outcome instanceof RunOutcome.Finished ? RunState.FINISHED : RunState.PLANNED;
      Sql.update(connection, "UPDATE run SET state = ? WHERE id = ?", state.stored(), run);
    }
    Sql.update(
        connection,
        "UPDATE session SET ended = ? WHERE id = (SELECT max(id) FROM session WHERE run = ?)",
        now(),
        run);
    checksums.write(RowChecksums.Of.RUN, run, 0);
  }

  /** Whether somebody trains, or has died while training. */
  public static boolean isAnyRunning(Connection connection) throws SQLException {
    return !running(connection).isEmpty();
  }

  private static List<Row> running(Connection connection) throws SQLException {
    return Sql.rows(connection, "SELECT id FROM run WHERE state = ?", RunState.RUNNING.stored());
  }

  /** Whoever trained has died. */
  public static void releaseAll(Connection connection) throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    for (Row row : running(connection)) {
      long id = row.integer("id");
      checksums.require(RowChecksums.Of.RUN, id, 0, "run " + id);
      Sql.update(
          connection, "UPDATE run SET state = ? WHERE id = ?", RunState.PLANNED.stored(), id);
      checksums.write(RowChecksums.Of.RUN, id, 0);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
