package org.unvanish.experiment;

/**
 * One arm with one seed: the unit of work, decided by arm, data and seed alone.
 *
 * @param arm what is trained and how
 * @param seed of initial weights, shuffling and dropout
 */
public record Run(Arm arm, long seed) {
  /** As in progress lines and errors: {@code tanh, α = 2 with seed 3}. */
  @Override
  public String toString() {
    return arm.name() + " with seed " + seed;
  }
}
