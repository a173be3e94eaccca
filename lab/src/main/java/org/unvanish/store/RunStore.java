package org.unvanish.store;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.unvanish.experiment.Earlier;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentListener;
import org.unvanish.experiment.ExperimentResult;

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

  private RunStore() {}

  /**
   * Opens a folder's store for training, and keeps every other process from doing so until it is
   * closed.
   *
   * @param folder created if it is missing
   * @throws StoreException if another process, or this one, has it open for training, or it is no
   *     store of this version
   */
  public static RunStore open(Path folder) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Opens a folder's store to look at it.
   *
   * @throws StoreException if there is none, or it is no store of this version
   */
  public static RunStore read(Path folder) {
    throw new UnsupportedOperationException("not yet");
  }

  /** True where the folder has a store. */
  public static boolean isIn(Path folder) {
    return java.nio.file.Files.exists(folder.resolve(FILE));
  }

  /** The process that has the folder open for training, if one has. */
  public OptionalLong trainingProcess() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Adds an experiment, or extends the one of this name: new arms, more seeds, more epochs. Fewer
   * of them are shown from now on, and the rest is kept. Writes nothing if it refuses.
   *
   * @param spec the text from which the experiment can be rebuilt
   * @param files the sub-folder for its files; empty for the folder itself
   * @throws StoreException if an arm of this name is there with another definition (the message
   *     lists what differs), or two arms differ by name only
   */
  public void plan(Experiment experiment, String spec, String files) {
    throw new UnsupportedOperationException("not yet");
  }

  /** All experiments, in the order in which they were first planned. */
  public List<StoredExperiment> experiments() {
    throw new UnsupportedOperationException("not yet");
  }

  /** How far the experiment's runs are, ordered by arm and then by seed. Cheap. */
  public List<StoredRun> runs(Experiment experiment) {
    throw new UnsupportedOperationException("not yet");
  }

  /** What there is of the experiment's runs, for an {@code ExperimentRunner}. */
  public Earlier earlier(Experiment experiment) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Writes what it hears, each epoch in one transaction with its checkpoint.
   *
   * @param experiment one that is planned
   */
  public ExperimentListener listener(Experiment experiment, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * What the experiment's runs came to so far: the same as the runner returned, had it done so now.
   */
  public ExperimentResult result(Experiment experiment) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void close() {}
}
