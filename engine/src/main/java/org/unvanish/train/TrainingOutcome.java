package org.unvanish.train;

/** How a run ended. */
public sealed interface TrainingOutcome {
  /** All epochs are done. */
  record Finished() implements TrainingOutcome {}

  /**
   * Loss or parameters became NaN or infinite; the epoch where it happened has no record.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   */
  record Diverged(int epoch, int step) implements TrainingOutcome {}

  /** The observer answered STOP; an epoch under way has no record. */
  record Stopped() implements TrainingOutcome {}

  /** The run's thread was interrupted; the epoch under way has no record. */
  record Interrupted() implements TrainingOutcome {}
}
