package org.unvanish.meanfield;

import org.unvanish.activation.Activation;

/**
 * Mean and variance of ln S, the factor of the gradient's energy by one layer; dead: probability
 * that S = 0, left out of them.
 */
public record TypicalFactor(double mean, double variance, double dead) {
  /** n units read, with f′: section 5. */
  public static TypicalFactor of(Activation activation, double sigmaW, double q, double n) {
    throw new UnsupportedOperationException();
  }

  /** Without ln σ_w²: ψ(n/2) − ln(n/2) and ψ′(n/2). */
  public static TypicalFactor linear(double nEff) {
    throw new UnsupportedOperationException();
  }

  /** σ_c(n) = √(n/2)·e^(−ψ(n/2)/2). */
  public static double criticalGain(double n) {
    throw new UnsupportedOperationException();
  }
}
