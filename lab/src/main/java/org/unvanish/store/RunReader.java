package org.unvanish.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Progress;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.Checkpoint;

/** Reads an experiment's runs, within a transaction. */
final class RunReader {

  /** A row of the table, as far as all its readers need it. */
  private record Row(
      long id,
      RunState state,
      int epochsDone,
      Optional<RunOutcome.Diverged> divergence,
      Optional<RunOutcome.Failed> failure) {}

  private final Connection connection;
  private final Map<Arm, String> hashes = new HashMap<>();

  RunReader(Connection connection, Experiment experiment) {
    this.connection = connection;
    for (Arm arm : experiment.arms()) {
      hashes.put(arm, Definition.of(arm, experiment.data()).sha256());
    }
  }

  /** The run's key in the tables. */
  long id(Run run) throws SQLException {
    return row(run).orElseThrow(() -> new IllegalStateException(run + " is not planned")).id();
  }

  private Optional<Row> row(Run run) throws SQLException {
    String hash = hashes.get(run.arm());
    if (hash == null) {
      throw new IllegalStateException(run + " is not a run of the experiment");
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT run.* FROM run JOIN arm ON arm.id = run.arm
            WHERE arm.sha256 = ? AND run.seed = ?""")) {
      Sql.set(select, hash, run.seed());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row(row)) : Optional.empty();
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    RunState state = RunState.of(row.getString("state"));
    return new Row(
        row.getLong("id"),
        state,
        row.getInt("epochs_done"),
        state == RunState.DIVERGED
            ? Optional.of(
                new RunOutcome.Diverged(row.getInt("diverged_epoch"), row.getInt("diverged_step")))
            : Optional.empty(),
        state == RunState.FAILED
            ? Optional.of(
                new RunOutcome.Failed(row.getString("failure"), row.getString("stack_trace")))
            : Optional.empty());
  }

  Progress progress(Run run) throws SQLException {
    Optional<Row> row = row(run);
    return row.isEmpty() ? Progress.NONE : progress(row.get());
  }

  private Progress progress(Row row) throws SQLException {
    return new Progress(new EpochReader(connection, row.id()).epochs(), row.divergence());
  }

  RunResult result(Run run) throws SQLException {
    Optional<Row> row = row(run);
    RunOutcome interrupted = new RunOutcome.Interrupted();
    if (row.isEmpty()) {
      return Progress.NONE.result(run, interrupted);
    }
    Optional<RunOutcome> failure = row.get().failure().map(f -> f);
    boolean over = run.arm().isWatched() && row.get().state() == RunState.DONE;
    return progress(row.get())
        .result(run, failure.orElse(over ? new RunOutcome.Finished() : interrupted));
  }

  /**
   * @param trained whether a process is training in the folder
   */
  StoredRun run(Run run, boolean trained) throws SQLException {
    int asked = run.arm().epochs();
    Optional<Row> found = row(run);
    if (found.isEmpty()) {
      return new StoredRun(
          run.arm().name(), run.seed(), RunState.PLANNED, 0, asked, Optional.empty(), List.of());
    }
    Row row = found.get();
    RunState state = run.arm().isWatched() ? watched(row, trained) : state(row, asked, trained);
    if (run.arm().isWatched()) {
      asked = row.epochsDone() + (state == RunState.RUNNING ? 1 : 0);
    }
    Optional<RunOutcome> ended =
        switch (state) {
          case DIVERGED -> row.divergence().map(d -> d);
          case FAILED -> row.failure().map(f -> f);
          default -> Optional.empty();
        };
    return new StoredRun(
        run.arm().name(), run.seed(), state, row.epochsDone(), asked, ended, sessions(row.id()));
  }

  /** Nobody goes on with a run that another program trained. */
  private static RunState watched(Row row, boolean trained) {
    return switch (row.state()) {
      case DIVERGED, FAILED -> row.state();
      case RUNNING -> trained ? RunState.RUNNING : RunState.DONE;
      case PLANNED, DONE -> RunState.DONE;
    };
  }

  /** As this experiment sees it: another may ask for more epochs or for fewer. */
  private static RunState state(Row row, int asked, boolean trained) {
    if (row.epochsDone() >= asked) {
      return RunState.DONE;
    }
    boolean killed = row.state() == RunState.RUNNING && !trained;
    return killed || row.state() == RunState.DONE ? RunState.PLANNED : row.state();
  }

  private List<Session> sessions(long run) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM session WHERE run = ? ORDER BY id")) {
      Sql.set(select, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sessions.add(
              new Session(
                  row.getInt("first_epoch"),
                  new Provenance(
                      row.getString("version"), row.getString("jvm"), row.getString("cpu")),
                  Instant.parse(row.getString("started")),
                  Optional.ofNullable(row.getString("ended")).map(Instant::parse)));
        }
      }
    }
    return sessions;
  }

  /** Where the run stands after its last epoch. */
  Checkpoint checkpoint(Run run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM checkpoint WHERE run = ?")) {
      Sql.set(select, id(run));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalArgumentException(run + " has epochs, but no checkpoint");
        }
        return new Checkpoint(
            row.getInt("epoch"),
            row.getInt("step"),
            Floats.of(row.getBytes("parameters")),
            Floats.of(row.getBytes("first_moments")),
            Floats.of(row.getBytes("second_moments")));
      }
    }
  }
}
