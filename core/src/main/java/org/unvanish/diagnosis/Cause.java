package org.unvanish.diagnosis;

/** Why a signal is not as it should be. */
public enum Cause {
  /**
   * Weights or biases are so large that units are saturated, or that single layers amplify the
   * signal: the large-parameters regime of Ven &amp; Lederer (2021), section 2.1.
   */
  LARGE_PARAMETERS("large-parameters"),
  /**
   * No layer does it alone, the product of all does: the many-layers regime of Ven &amp; Lederer
   * (2021), section 2.1. Whether the layers lose the signal through f′ or through small weights is
   * told by the {@link Mechanism}.
   */
  MANY_LAYERS("many-layers"),
  /** Layers have large parameters, and the signal vanishes or explodes in all others together. */
  BOTH("both"),
  /** Units are saturated because the data is not scaled, although the weights are not large. */
  LARGE_INPUTS("large-inputs"),
  /** Units of relu are off for all samples. */
  DEAD_UNITS("dead-units"),
  /** Nothing is wrong. */
  NONE("none");

  private final String label;

  Cause(String label) {
    this.label = label;
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
