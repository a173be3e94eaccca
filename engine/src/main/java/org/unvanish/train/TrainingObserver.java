package org.unvanish.train;

/** Observes a run, and decides whether it continues. All calls come from the run's own thread. */
public interface TrainingObserver {
  /** Looks at nothing, and lets every run go on. */
  TrainingObserver NONE = (epoch, checkpoint) -> TrainingDecision.CONTINUE;

  /**
   * Called after each epoch.
   *
   * @param epoch what was measured
   * @param checkpoint what a trainer needs to go on from here
   * @return whether another epoch follows; no matter after the last one
   */
  TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint);

  /**
   * Called after each step's gradients are known and before the parameters move.
   *
   * @param step valid during the call only
   * @return {@link TrainingDecision#STOP} to leave the parameters as they are and end the run
   */
  default TrainingDecision stepTaken(TrainingStep step) {
    return TrainingDecision.CONTINUE;
  }
}
