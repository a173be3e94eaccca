package org.unvanish.train;

/** Is told what a run does. All calls come from the run's own thread. */
public interface TrainingObserver {
  /**
   * Called after each epoch.
   *
   * @param epoch what was measured
   * @param checkpoint what a trainer needs to go on from here
   */
  void epochFinished(EpochRecord epoch, Checkpoint checkpoint);

  /**
   * Called after each step's gradients are known and before the parameters move.
   *
   * @param step valid during the call only
   */
  default void stepTaken(TrainingStep step) {}
}
