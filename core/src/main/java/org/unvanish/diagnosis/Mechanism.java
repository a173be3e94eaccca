package org.unvanish.diagnosis;

/**
 * Through which factor of the chain rule a gradient changes.
 *
 * @since 0.1
 */
public enum Mechanism {
  /** Multiplying by f′. */
  ACTIVATION("activation"),
  /** Multiplying by the weights. */
  LINEAR("linear"),
  /** Both, to a similar degree. */
  BOTH("both");

  private final String label;

  Mechanism(String label) {
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
