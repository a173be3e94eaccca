package org.unvanish.experiment;

import org.unvanish.train.EpochRecord;

/**
 * Is told how an experiment goes. Calls come from the workers' threads, one at a time; they hold up
 * the work while they last.
 */
public interface ExperimentListener {
  /** Listens to nothing. */
  ExperimentListener NONE = new ExperimentListener() {};

  /** A run begins. */
  default void runStarted(Run run) {}

  /**
   * A run has taken a step.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param stepsPerEpoch how many there are
   */
  default void stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {}

  /** A run has completed an epoch. */
  default void epochFinished(Run run, EpochRecord epoch) {}

  /** A run has ended, whatever the outcome. Not called for runs that never started. */
  default void runEnded(RunResult result) {}
}
