package org.unvanish.train;

/** An observer's answer to a step or an epoch. */
public enum TrainingDecision {
  /** The training goes on. */
  CONTINUE,
  /** The training ends at once, with {@link TrainingOutcome.Stopped}. */
  STOP;

  /** STOP where either of two observers says so. */
  public TrainingDecision and(TrainingDecision other) {
    return this == STOP ? STOP : other;
  }
}
