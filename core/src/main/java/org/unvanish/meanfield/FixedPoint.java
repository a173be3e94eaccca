package org.unvanish.meanfield;

/** Where the variance and the correlation of two inputs end in a deep network. q may be 0 or +∞. */
public record FixedPoint(
    double q, double factor, double slope, double correlation, double correlationSlope) {
  public static FixedPoint of(VarianceMap map) {
    throw new UnsupportedOperationException();
  }

  /** ξ_q, ξ_c, ξ_∇ = −1/ln of slope, correlationSlope, factor; negative: grows. */
  public double varianceScale() {
    throw new UnsupportedOperationException();
  }

  public double correlationScale() {
    throw new UnsupportedOperationException();
  }

  public double gradientScale() {
    throw new UnsupportedOperationException();
  }

  public Phase phase() {
    throw new UnsupportedOperationException();
  }
}
