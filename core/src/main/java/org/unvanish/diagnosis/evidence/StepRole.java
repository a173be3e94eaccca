package org.unvanish.diagnosis.evidence;

/**
 * The role of a network's step in the backward pass.
 *
 * @since 0.1
 */
public enum StepRole {
  /** It multiplies by weights. */
  WEIGHTS("weights"),
  /** It multiplies by f′. */
  ACTIVATION("activation"),
  /** It divides by a standard deviation, which makes good for weights of any size. */
  NORMALIZATION("normalization"),
  /** It leaves values out by chance. */
  DROPOUT("dropout"),
  /** It adds what a branch makes of a value to the value itself. */
  RESIDUAL("residual"),
  /** Anything else that is linear where it passes a gradient on, as pooling. */
  POOLING("pooling");

  private final String label;

  StepRole(String label) {
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
