package org.unvanish.meanfield;

import org.unvanish.activation.Activation;

/**
 * Gaussian means of an activation function f_α at pre-activations of variance q, made in one pass.
 */
public record Moments(
    double q,
    double mean,
    double meanSquare,
    double derivativeMeanSquare,
    double valueTimesDerivative) {
  public static Moments of(Activation activation, double q) {
    throw new UnsupportedOperationException();
  }
}
