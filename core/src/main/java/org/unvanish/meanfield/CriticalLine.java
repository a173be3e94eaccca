package org.unvanish.meanfield;

import java.util.OptionalDouble;
import org.unvanish.activation.ActivationFunction;

/** Where χ₁ = 1 in the plane of gain and bias of a base function. */
public final class CriticalLine {
  public CriticalLine(ActivationFunction function) {
    throw new UnsupportedOperationException();
  }

  public OptionalDouble sigmaW(double sigmaB) {
    throw new UnsupportedOperationException();
  }

  public OptionalDouble sigmaB(double sigmaW) {
    throw new UnsupportedOperationException();
  }

  /** α_c of prop. 5: critical for f_α with these σ_w and σ_b > 0. */
  public OptionalDouble alpha(double sigmaW, double sigmaB) {
    throw new UnsupportedOperationException();
  }

  /** The point of the line whose fixed point is q; none where σ_b² would be negative. */
  public java.util.Optional<Point> at(double q) {
    throw new UnsupportedOperationException();
  }
}
