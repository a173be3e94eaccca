package org.unvanish.diagnosis;

import org.unvanish.diagnosis.evidence.EqualUnits;

/**
 * Why a gradient is unhealthy, or why a network does not learn although its gradient is healthy.
 *
 * @since 0.1
 */
public enum Cause {
  /**
   * Weights or biases are so large that units are saturated, or that single layers amplify the
   * gradient: the large-parameters regime of Ven &amp; Lederer (2021), section 2.1.
   */
  LARGE_PARAMETERS("large-parameters"),
  /**
   * No layer does it alone, the product of all does: the many-layers regime of Ven &amp; Lederer
   * (2021), section 2.1. Whether the layers lose the gradient through f′ or through small weights
   * is told by the {@link Mechanism}.
   */
  MANY_LAYERS("many-layers"),
  /**
   * The gradient is lost, or grows, on its way back through the steps of a recurrent layer, no one
   * of which does it alone (Bengio et al. 1994).
   */
  MANY_STEPS("many-steps"),
  /** Layers have large parameters, and the gradient vanishes or explodes in all others together. */
  BOTH("both"),
  /** Units are saturated because the data is not scaled, although the weights are not large. */
  LARGE_INPUTS("large-inputs"),
  /** Units of relu are off for all samples. */
  DEAD_UNITS("dead-units"),
  /**
   * The activation behind the last weights is saturated, or a relu that is off, where the outputs
   * are wrong; and its f′ takes from the gradient what the loss gives it.
   */
  SATURATED_OUTPUT("saturated-output"),
  /** Targets that are numbers are much larger than what a network puts out. */
  LARGE_TARGETS("large-targets"),
  /** Targets lie where no output can be, as −1 does behind the logistic function. */
  TARGETS_OUT_OF_RANGE("targets-out-of-range"),
  /**
   * Targets lie where outputs come only with infinite weights, as ±1 does behind tanh: worth a
   * remark where a network does not learn.
   */
  TARGETS_AT_ASYMPTOTE("targets-at-asymptote"),
  /** The learning rate is so large that training destroys the network, whatever it began with. */
  LARGE_LEARNING_RATE("large-learning-rate"),
  /** The learning rate is so small that training hardly moves the parameters. */
  SMALL_LEARNING_RATE("small-learning-rate"),
  /** The penalty outweighs the data, so that training makes the weights too small to learn. */
  STRONG_PENALTY("strong-penalty"),
  /**
   * The gradient arrives and is followed, but the network has too few units for what it shall do.
   */
  CAPACITY("capacity"),
  /** The loss is exactly 0, so that there is no gradient and nothing to learn. */
  ZERO_LOSS("zero-loss"),
  /** Units of a layer are equal and stay so: see {@link EqualUnits}. */
  EQUAL_UNITS("equal-units"),
  /** All samples are predicted to be one and the same class, or nearly the same number. */
  CONSTANT_PREDICTION("constant-prediction"),
  /** All samples have the same inputs. */
  CONSTANT_INPUTS("constant-inputs"),
  /** All samples have the same target. */
  CONSTANT_TARGETS("constant-targets"),
  /** Nothing is wrong. */
  NONE("none");

  private final String label;

  Cause(String label) {
    this.label = label;
  }

  /** Whether it lies in how the network is trained, so that no change of the network fixes it. */
  public boolean isOfTraining() {
    return this == LARGE_LEARNING_RATE || this == SMALL_LEARNING_RATE || this == STRONG_PENALTY;
  }

  /**
   * True for a fact about data, targets or weights that no fixed gradient changes: it is the
   * network's cause whatever becomes of the gradient.
   */
  public boolean isCertain() {
    return this == ZERO_LOSS
        || this == CONSTANT_TARGETS
        || this == TARGETS_OUT_OF_RANGE
        || this == CONSTANT_INPUTS
        || this == EQUAL_UNITS;
  }

  /** True of what the outputs and their targets have to do with each other. */
  boolean isOfOutput() {
    return this == SATURATED_OUTPUT || this == LARGE_TARGETS;
  }

  /** As it is written in JSON and reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
