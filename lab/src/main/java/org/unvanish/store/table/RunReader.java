package org.unvanish.store.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.RunProgress;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunState;
import org.unvanish.store.Session;
import org.unvanish.store.StoredRun;
import org.unvanish.store.sql.Floats;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Sql;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/** Reads an experiment's runs, within a transaction. */
public final class RunReader {

  /** What the table says of a run, as far as all its readers need it. */
  private record Found(
      long id,
      RunState state,
      int epochsDone,
      Optional<RunOutcome.Diverged> divergence,
      Optional<RunOutcome.Failed> failure) {}

  /** Makes a run's epochs a list that is read later. */
  public interface Later {
    /**
     * @param id the run's key in the tables
     * @param size how many epochs it has
     */
    List<EpochRecord> of(Run run, long id, int size);
  }

  /** Where a run stands whose next epochs nobody trains once its arm is dropped. */
  private static final Set<RunState> LEFT =
      EnumSet.of(RunState.PLANNED, RunState.STOPPED, RunState.FAILED);

  private final Connection connection;
  private final Map<Arm, String> hashes;
  private final Map<String, DroppedArm> dropped;

  public RunReader(Connection connection, Experiment experiment) throws SQLException {
    this(connection, hashes(experiment), dropped(connection, experiment));
  }

  /**
   * For several transactions; who was dropped from a race it does not know.
   *
   * @param hashes of the experiment
   */
  public RunReader(Connection connection, Map<Arm, String> hashes) {
    this(connection, hashes, Map.of());
  }

  private RunReader(
      Connection connection, Map<Arm, String> hashes, Map<String, DroppedArm> dropped) {
    this.connection = connection;
    this.hashes = hashes;
    this.dropped = dropped;
  }

  private static Map<String, DroppedArm> dropped(Connection connection, Experiment experiment)
      throws SQLException {
    Map<String, DroppedArm> dropped = new HashMap<>();
    for (DroppedArm arm : new RaceTables(connection, experiment).read()) {
      dropped.put(arm.arm(), arm);
    }
    return dropped;
  }

  /** By what the tables know the arms of an experiment. */
  public static Map<Arm, String> hashes(Experiment experiment) {
    Map<Arm, String> hashes = new HashMap<>();
    for (Arm arm : experiment.arms()) {
      hashes.put(arm, Definition.of(arm, experiment.data()).sha256());
    }
    return hashes;
  }

  /** As messages name a run. */
  public static String name(Run run) {
    return "arm \"%s\", seed %d".formatted(run.arm().name(), run.seed());
  }

  /** The run's key in the tables. */
  public long id(Run run) throws SQLException {
    return found(run).orElseThrow(() -> new IllegalStateException(run + " is not planned")).id();
  }

  private Optional<Found> found(Run run) throws SQLException {
    String hash = hashes.get(run.arm());
    if (hash == null) {
      throw new IllegalStateException(run + " is not a run of the experiment");
    }
    Optional<Row> row =
        Sql.row(
            connection,
            """
            SELECT run.* FROM run JOIN arm ON arm.id = run.arm
            WHERE arm.sha256 = ? AND run.seed = ?""",
            hash,
            run.seed());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(found(run, row.get()));
  }

  private Found found(Run run, Row row) throws SQLException {
    long id = row.integer("id");
    new RowChecksums(connection).require(RowChecksums.Of.RUN, id, 0, "the run of " + name(run));
    RunState state = RunState.of(row.text("state"));
    return new Found(
        id,
        state,
        row.count("epochs_done"),
        state == RunState.DIVERGED
            ? Optional.of(
                new RunOutcome.Diverged(row.count("diverged_epoch"), row.count("diverged_step")))
            : Optional.empty(),
        state == RunState.FAILED
            ? Optional.of(new RunOutcome.Failed(row.text("failure"), row.text("stack_trace")))
            : Optional.empty());
  }

  public RunProgress progress(Run run, Later later) throws SQLException {
    Optional<Found> found = found(run);
    return found.isEmpty() ? RunProgress.NONE : progress(run, found.get(), later);
  }

  private static RunProgress progress(Run run, Found found, Later later) {
    return new RunProgress(later.of(run, found.id(), found.epochsDone()), found.divergence());
  }

  /** How a run ended that has not all of its epochs because its arm was dropped from a race. */
  private Optional<RunOutcome> dropped(Run run) {
    return Optional.ofNullable(dropped.get(run.arm().name())).map(RunOutcome.Dropped::new);
  }

  /**
   * All epochs that a run has now.
   *
   * @param id the run's key
   */
  public static List<EpochRecord> epochs(Connection connection, Run run, long id)
      throws SQLException {
    Row row =
        Sql.row(connection, "SELECT * FROM run WHERE id = ?", id)
            .orElseThrow(() -> new IllegalArgumentException(name(run) + " is missing"));
    Found found = new RunReader(connection, Map.of()).found(run, row);
    return new EpochReader(connection, run, id).epochs(found.epochsDone());
  }

  public RunResult result(Run run, Later later) throws SQLException {
    Optional<Found> found = found(run);
    Optional<RunOutcome> raced = dropped(run);
    RunOutcome interrupted = raced.orElse(new RunOutcome.Interrupted());
    if (found.isEmpty()) {
      return RunProgress.NONE.result(run, interrupted);
    }
    Optional<RunOutcome> failure = raced.or(() -> found.get().failure());
    boolean over = run.arm().isWatched() && found.get().state() == RunState.FINISHED;
    return progress(run, found.get(), later)
        .result(run, failure.orElse(over ? new RunOutcome.Finished() : interrupted));
  }

  /**
   * What is stored of a run.
   *
   * @param trained whether a process is training in the folder
   */
  public StoredRun run(Run run, boolean trained) throws SQLException {
    int asked = run.arm().epochs();
    Optional<Found> found = found(run);
    if (found.isEmpty()) {
      return new StoredRun(
          run.arm().name(), run.seed(), RunState.PLANNED, 0, asked, Optional.empty(), List.of());
    }
    Found row = found.get();
    List<Session> sessions = sessions(row.id());
    RunState state =
        run.arm().isWatched()
            ? watched(row, trained)
            : state(row, asked, trained, !sessions.isEmpty());
    Optional<RunOutcome> raced = dropped(run);
    if (raced.isPresent() && LEFT.contains(state)) {
      state = RunState.DROPPED;
    }
    if (run.arm().isWatched()) {
      asked = row.epochsDone() + (state == RunState.RUNNING ? 1 : 0);
    }
    Optional<RunOutcome> ended =
        switch (state) {
          case DIVERGED -> row.divergence().map(d -> d);
          case DROPPED -> raced;
          case FAILED -> row.failure().map(f -> f);
          default -> Optional.empty();
        };
    return new StoredRun(
        run.arm().name(), run.seed(), state, row.epochsDone(), asked, ended, sessions);
  }

  /** Nobody goes on with a run that another program trained. */
  private static RunState watched(Found row, boolean trained) {
    return switch (row.state()) {
      case DIVERGED, FAILED -> row.state();
      case RUNNING -> trained ? RunState.RUNNING : RunState.FINISHED;
      // No row says DROPPED or STOPPED: an arm is so, in one experiment's race, or by its process.
      case PLANNED, STOPPED, FINISHED, DROPPED -> RunState.FINISHED;
    };
  }

  /** As this experiment sees it: another may ask for more epochs or for fewer. */
  private static RunState state(Found row, int asked, boolean trained, boolean begun) {
    if (row.epochsDone() >= asked) {
      return RunState.FINISHED;
    }
    return switch (row.state()) {
      case RUNNING -> trained ? RunState.RUNNING : RunState.STOPPED;
      case PLANNED -> begun ? RunState.STOPPED : RunState.PLANNED;
      case FINISHED -> RunState.PLANNED;
      default -> row.state();
    };
  }

  private List<Session> sessions(long run) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    for (Row row : Sql.rows(connection, "SELECT * FROM session WHERE run = ? ORDER BY id", run)) {
      sessions.add(
          new Session(
              row.count("first_epoch"),
              new Provenance(row.text("version"), row.text("jvm"), row.text("cpu")),
              Instant.parse(row.text("started")),
              row.optionalText("ended").map(Instant::parse)));
    }
    return sessions;
  }

  /** Where the run stands after its last epoch. */
  public Checkpoint checkpoint(Run run) throws SQLException {
    Found found = found(run).orElseThrow();
    String name = "the checkpoint of " + name(run);
    Row row =
        Sql.row(connection, "SELECT * FROM checkpoint WHERE run = ?", found.id())
            .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    new RowChecksums(connection)
        .require(RowChecksums.Of.CHECKPOINT, found.id(), 0, List.of(row), name);
    if (row.count("epoch") != found.epochsDone()) {
      throw new IllegalArgumentException(
          "%s is of epoch %d, but there are %d"
              .formatted(name, row.count("epoch"), found.epochsDone()));
    }
    return new Checkpoint(
        row.count("epoch"),
        row.count("step"),
        Floats.of(row.bytes("parameters")),
        Floats.of(row.bytes("first_moments")),
        Floats.of(row.bytes("second_moments")));
  }
}
