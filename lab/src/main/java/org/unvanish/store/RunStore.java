package org.unvanish.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.unvanish.data.Nearest;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Shard;
import org.unvanish.experiment.StoredEpochs;
import org.unvanish.experiment.execution.Earlier;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunProgress;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.store.sql.Database;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.table.ConstantPredictors;
import org.unvanish.store.table.DiagnosisTables;
import org.unvanish.store.table.ExperimentReader;
import org.unvanish.store.table.Planner;
import org.unvanish.store.table.RaceTables;
import org.unvanish.store.table.RunReader;
import org.unvanish.store.table.RunWriter;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/**
 * All runs of a folder's experiments, in the file {@code runs.db}.
 *
 * <p>To train: {@link #open} the folder, {@link #plan} the experiment, and give {@link #earlier}
 * and {@link #listener} to an {@code ExperimentRunner}. To look: {@link #read} the folder, also
 * while another process trains.
 *
 * <p>Experiments may share a store. A run belongs to its arm's {@code Definition}, not to an
 * experiment, so an arm that two experiments have in common is trained once.
 *
 * <p>Thread-safe. Every method throws a {@link StoreException} if the file cannot be read or
 * written, or is damaged.
 */
public final class RunStore implements AutoCloseable {

  /** The database in the folder. */
  public static final String FILE = "runs.db";

  private final Path folder;
  private final Database database;
  private final Optional<FolderLock> lock;
  private final RecentEpochs recent = new RecentEpochs(RecentEpochs.MOST_STATISTICS);

  private RunStore(Path folder, Database database, Optional<FolderLock> lock) {
    this.folder = folder;
    this.database = database;
    this.lock = lock;
  }

  /** True where the folder has a store. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /** True for the name of a store's database, its log or index, or its lock. */
  public static boolean isPartOf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(FILE) || name.startsWith(FILE + "-") || name.equals(FolderLock.FILE);
  }

  /**
   * Opens a folder's store for training, and keeps every other process from doing so until it is
   * closed.
   *
   * @param folder created if it is missing
   * @throws StoreException if another process, or this one, has it open for training, or it is no
   *     store of this version
   */
  public static RunStore open(Path folder) {
    FolderLock lock;
    try {
      Files.createDirectories(folder);
      lock = FolderLock.of(folder);
    } catch (IOException e) {
      throw cannotUse(folder, e);
    }
    try {
      return new RunStore(folder, released(folder.resolve(FILE)), Optional.of(lock));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Nobody else is training here, so whoever was at it has died. */
  private static Database released(Path file) {
    Database database = Database.writable(file);
    try {
      if (database.read(RunWriter::isAnyRunning)) {
        database.write(RunWriter::releaseAll);
      }
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens a folder's store to look at it, also while a process trains there.
   *
   * @throws StoreException if there is none, or it is no store of this version
   */
  public static RunStore read(Path folder) {
    if (!isIn(folder)) {
      throw new StoreException(
          "there is no experiment in %s: it has no %s.%s"
              .formatted(folder, FILE, Nearest.afterSentence(folder)));
    }
    return new RunStore(folder, Database.readable(folder.resolve(FILE)), Optional.empty());
  }

  private static StoreException cannotUse(Path folder, IOException e) {
    return new StoreException("the folder %s cannot be used: %s.".formatted(folder, e), e);
  }

  /** The process that has the folder open for training, if one has; 0 if it is not known which. */
  public OptionalLong trainingProcess() {
    try {
      return FolderLock.holder(folder);
    } catch (IOException e) {
      throw cannotUse(folder, e);
    }
  }

  /**
   * What {@link #plan} requires of any experiment, whatever the store holds.
   *
   * @throws StoreException if two arms differ by name only
   */
  public static void requireDifferentArms(Experiment experiment) {
    Planner.requireDifferentArms(experiment);
  }

  /**
   * Adds an experiment, or extends the one of this name: new arms, more seeds, more epochs. Where
   * there are fewer than before, the rest is kept but not shown. Writes nothing if it refuses.
   *
   * @param spec the text from which the experiment can be rebuilt
   * @param files the sub-folder for its files; empty for the folder itself
   * @throws StoreException if an arm of this name is there with another definition (the message
   *     lists what differs), two arms differ by name only, or a shard of the experiment is there
   */
  public void plan(Experiment experiment, String spec, String files) {
    plan(experiment, Optional.empty(), spec, files);
  }

  /**
   * The same of a shard, which the store remembers: the whole is planned, and who asks for {@link
   * #runs}, {@link #result} or {@link #earlier} gives the {@link Shard#of part}.
   *
   * @param experiment the whole
   * @param shard which part is trained here; empty for all of it
   * @throws StoreException also if another shard of the experiment is there, or all of it
   */
  public void plan(Experiment experiment, Optional<Shard> shard, String spec, String files) {
    database.write(
        connection ->
            new Planner(connection, experiment, shard).plan(spec, files, folder.toString()));
    database.checkpoint();
  }

  /**
   * True where a version wrote it whose files of results have no marks, and nobody went on since.
   */
  public boolean isOfEarlierVersion() {
    return database.read(connection -> !Schema.hasChecksums(connection));
  }

  /** All experiments, in the order in which they were first planned. */
  public List<StoredExperiment> experiments() {
    return database.read(connection -> new ExperimentReader(connection).experiments());
  }

  /** How far the experiment's runs are, ordered by arm and then by seed. Cheap. */
  public List<StoredRun> runs(Experiment experiment) {
    boolean trained = trainingProcess().isPresent();
    return database.read(
        connection -> {
          RunReader reader = new RunReader(connection, experiment);
          List<StoredRun> runs = new ArrayList<>();
          for (Arm arm : experiment.arms()) {
            for (Run run : arm.runs()) {
              runs.add(reader.run(run, trained));
            }
          }
          return List.copyOf(runs);
        });
  }

  /**
   * What there is of the experiment's runs, for an {@code ExperimentRunner}. All epochs of a run
   * are read when its progress is asked for, so that damage is told before anything is trained, and
   * read again when they are needed: they are {@link StoredEpochs}.
   */
  public Earlier earlier(Experiment experiment) {
    Map<Arm, String> hashes = RunReader.hashes(experiment);
    return new Earlier() {
      @Override
      public RunProgress progress(Run run) {
        RunProgress progress =
            database.read(
                connection ->
                    new RunReader(connection, hashes).progress(run, RunStore.this::epochs));
        Iterator<EpochRecord> unused = progress.epochs().iterator();
        return progress;
      }

      @Override
      public Checkpoint checkpoint(Run run) {
        return database.read(connection -> new RunReader(connection, hashes).checkpoint(run));
      }
    };
  }

  private StoredEpochs epochs(Run run, long id, int size) {
    return recent.of(
        id, size, () -> database.read(connection -> RunReader.epochs(connection, run, id)));
  }

  /**
   * Writes what it hears, each epoch in one transaction with its checkpoint, each probed snapshot
   * in one of its own.
   *
   * @param experiment one that is planned
   */
  public RunEvents listener(Experiment experiment, Provenance provenance) {
    return listener(experiment, backend -> provenance);
  }

  /**
   * The same where runs of several backends have a provenance each.
   *
   * @param experiment one that is planned
   * @param provenance of the runs of a backend
   */
  public RunEvents listener(Experiment experiment, Function<Backend, Provenance> provenance) {
    return new StoreListener(database, experiment, provenance);
  }

  /**
   * Begins to write a run that another program trains.
   *
   * @param experiment one that is planned
   * @param run of its arms, without epochs so far
   */
  public WatchedRun watch(Experiment experiment, Run run, Provenance provenance) {
    long id = database.read(connection -> new RunReader(connection, experiment).id(run));
    return new WatchedRun(database, id, provenance);
  }

  /**
   * What the experiment's runs came to so far: what the runner would return if it were stopped now.
   * Their epochs are {@link StoredEpochs}: read when they are needed, while the store is open.
   */
  public ExperimentResult result(Experiment experiment) {
    return database.read(
        connection -> {
          RunReader reader = new RunReader(connection, experiment);
          List<RunResult> results = new ArrayList<>();
          for (Arm arm : experiment.arms()) {
            for (Run run : arm.runs()) {
              results.add(reader.result(run, this::epochs));
            }
          }
          return new ExperimentResult(experiment, results);
        });
  }

  /**
   * Who was dropped from an experiment's race so far, in that order. None where no race was
   * planned, or another one.
   */
  public List<DroppedArm> dropped(Experiment experiment) {
    return database.read(connection -> new RaceTables(connection, experiment).read());
  }

  /**
   * Keeps who was dropped from an experiment's race so far. Who is there already must be among
   * them: the same numbers decide the same.
   *
   * @param experiment one that is planned
   * @param stage up to which the race was decided, from 1
   * @param dropped up to that stage, in that order
   * @throws StoreException if the store has another decision; that is a fault of Unvanish
   */
  public void keep(Experiment experiment, int stage, List<DroppedArm> dropped) {
    database.write(
        connection -> {
          RaceTables tables = new RaceTables(connection, experiment);
          List<DroppedArm> later = new ArrayList<>();
          for (DroppedArm stored : tables.read()) {
            if (stored.stage() > stage) {
              later.add(stored);
            } else if (dropped.stream().noneMatch(stored::isSameDecision)) {
              throw new StoreException(
                  ("a bug in Unvanish; please report it. %s says that the race of %s dropped "
                          + "“%s” %s, but the same numbers say otherwise now. To train all arms, add "
                          + "--no-racing.")
                      .formatted(
                          folder.resolve(FILE), experiment.name(), stored.arm(), stored.detail()));
            }
          }
          later.addAll(0, dropped);
          tables.write(later);
        });
  }

  /**
   * Keeps what an examination found. Snapshots that are kept already stay; one at the same step
   * says the same. The examined seed need not be one that is trained.
   *
   * @param found of a run whose arm, whatever its name, is one of a planned experiment's
   */
  public void keep(Examination found) {
    database.write(connection -> new DiagnosisTables(connection, found.data()).write(found));
  }

  /**
   * What probing found of an arm: of the seed with a prescription, else of the lowest one that was
   * probed.
   */
  public Optional<StoredDiagnosis> diagnosis(Experiment experiment, Arm arm) {
    return database.read(
        connection -> new DiagnosisTables(connection, experiment.data()).read(arm));
  }

  /** The same of all arms that were probed, in their order. */
  public Map<Arm, StoredDiagnosis> diagnoses(Experiment experiment) {
    Map<Arm, StoredDiagnosis> found = new LinkedHashMap<>();
    for (Arm arm : experiment.arms()) {
      diagnosis(experiment, arm).ifPresent(diagnosis -> found.put(arm, diagnosis));
    }
    return found;
  }

  /**
   * Keeps what test data is worth without a network, for the verdict on a proof.
   *
   * @param experiment one that is planned, on that data
   */
  public void keep(Experiment experiment, ConstantPredictor constant) {
    database.write(connection -> ConstantPredictors.write(connection, experiment.name(), constant));
  }

  /** What was kept of the experiment's test data; empty for an experiment that proves nothing. */
  public Optional<ConstantPredictor> constantPredictor(Experiment experiment) {
    return database.read(connection -> ConstantPredictors.read(connection, experiment.name()));
  }

  @Override
  public void close() {
    recent.close();
    try {
      database.close();
    } finally {
      lock.ifPresent(FolderLock::close);
    }
  }
}
