package org.unvanish.experiment;

import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/**
 * Is told how an experiment goes. Calls come from the workers' threads, one at a time; they hold up
 * the work while they last.
 *
 * <p>What a listener throws ends the whole experiment: the workers stop within a step, the listener
 * is told nothing more, and {@link ExperimentRunner} throws it.
 */
public interface ExperimentListener {
  /** Listens to nothing. */
  ExperimentListener NONE = new ExperimentListener() {};

  /**
   * A run need not start, as it had ended before. These calls come first, from the thread that asks
   * for the experiment.
   */
  default void runFound(RunResult result) {}

  /**
   * A run begins, or goes on.
   *
   * @param epochsDone that it has from earlier
   */
  default void runStarted(Run run, int epochsDone) {}

  /**
   * A run has taken a step.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param stepsPerEpoch how many there are
   */
  default void stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {}

  /**
   * A run has completed an epoch.
   *
   * @param checkpoint what the run needs to go on from here
   */
  default void epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {}

  /**
   * A run was probed: before its first step, or after the epoch that was told last. Of a run that
   * goes on, the snapshot at which it does so may be told again.
   */
  default void snapshotProbed(Run run, SnapshotDiagnosis snapshot) {}

  /**
   * A run has ended, whatever the outcome. Not called for runs that did not start.
   *
   * @param result with the epochs from earlier, too
   */
  default void runEnded(RunResult result) {}
}
