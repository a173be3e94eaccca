package org.unvanish.diagnosis;

/** What may be prescribed beside penalty, scale and initial values. */
public enum OtherRemedy {
  /** Standardise the data, or scale it to [0, 1]. */
  SCALE_INPUTS("scale-inputs"),
  /** Take tanh as the activation function. */
  USE_TANH("use-tanh"),
  /** Train with smaller steps, where training has made a healthy network ill. */
  LOWER_LEARNING_RATE("lower-learning-rate"),
  /** Make the penalty smaller that training has, where it has made the weights too small. */
  WEAKER_PENALTY("weaker-penalty");

  private final String label;

  OtherRemedy(String label) {
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
