package org.unvanish.train;

/**
 * What an observer answers when it is told of a step or an epoch.
 *
 * @since 0.1
 */
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
