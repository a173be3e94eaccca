package org.unvanish.forecast;

import java.util.List;
import org.unvanish.meanfield.TypicalFactor;

/**
 * A layer of a network as theory knows it: what it puts out, and what it does to the energy of a
 * gradient that comes back.
 */
abstract class Step {

  /** Nothing fluctuates. */
  static final TypicalFactor STEADY = new TypicalFactor(0, 0, 0);

  private final Values output;

  Step(Values output) {
    this.output = output;
  }

  /** What it puts out. */
  final Values output() {
    return output;
  }

  /**
   * The energy of the gradient in front of it, at each place.
   *
   * @param energies behind it, at each place: sums of squares over the channels
   */
  abstract double[] back(double[] energies);

  /** The part of its factor of energy that zeros around an image take: at most 1. */
  double paddingFactor(double[] energies) {
    return 1;
  }

  /**
   * The logarithm of its factor of energy less that of the mean factor: mean and variance over
   * initial weights.
   *
   * @param independent how many independent values the gradient behind it has
   */
  TypicalFactor typical(double independent) {
    return STEADY;
  }

  /** Why it has no factor, a sentence each. */
  List<String> notForecast() {
    return List.of();
  }

  /** What is only nearly so, a sentence each. */
  List<String> approximated() {
    return List.of();
  }
}
