package org.unvanish.gradient;

/**
 * Where a gradient comes from.
 *
 * @since 0.1
 */
public enum GradientSource {
  /** The gradient of the loss on the data. */
  DATA("data"),
  /** The gradient of the penalty. */
  PENALTY("penalty"),
  /** Their sum, which the optimizer sees. */
  TOTAL("total");

  private final String label;

  GradientSource(String label) {
    this.label = label;
  }

  /** The name as it is written in CSV files. */
  public String label() {
    return label;
  }
}
