package org.unvanish.meanfield;

/** What α can gain at most by prop. 4: ln of the ratio of energies. */
public record AlphaGain(double slopesTake) {
  /** ln Π σ_w²f′(0)²/χ(qˡ); applies without biases. */
  public static AlphaGain of(DenseStack stack) {
    throw new UnsupportedOperationException();
  }

  /** min(2·ln α, slopesTake), α ≥ 1. */
  public double atMost(double alpha) {
    throw new UnsupportedOperationException();
  }
}
