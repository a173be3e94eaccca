package org.unvanish.meanfield;

import org.unvanish.activation.Activation;

/** V(q) = σ_w²·E f_α(√q Z)² + σ_b², and what belongs to it. */
public final class VarianceMap {
  public VarianceMap(Activation activation, double sigmaW, double sigmaB) {
    throw new UnsupportedOperationException();
  }

  public Activation activation() {
    throw new UnsupportedOperationException();
  }

  public double sigmaW() {
    throw new UnsupportedOperationException();
  }

  public double sigmaB() {
    throw new UnsupportedOperationException();
  }

  /** E f_α and the other means at q: cheaper than one method after the other. */
  public Moments moments(double q) {
    throw new UnsupportedOperationException();
  }

  public double variance(double q) {
    throw new UnsupportedOperationException();
  }

  public double slope(double q) {
    throw new UnsupportedOperationException();
  }

  public double factor(double q) {
    throw new UnsupportedOperationException();
  }

  public double mean(double q) {
    throw new UnsupportedOperationException();
  }

  public double meanSquare(double q) {
    throw new UnsupportedOperationException();
  }

  public double derivativeMeanSquare(double q) {
    throw new UnsupportedOperationException();
  }

  /** Share of pre-activations beyond core's SaturationPoint of the base function. */
  public double saturatedShare(double q) {
    throw new UnsupportedOperationException();
  }

  /**
   * C(c): correlation behind the layer, of two inputs whose pre-activations have variance q and
   * correlation c.
   */
  public double correlation(double q, double c) {
    throw new UnsupportedOperationException();
  }

  public double correlationSlope(double q, double c) {
    throw new UnsupportedOperationException();
  }

  /** q* alone, which costs less than a FixedPoint. */
  public double fixedVariance() {
    throw new UnsupportedOperationException();
  }
}
