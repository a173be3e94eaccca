package org.unvanish.train;

/**
 * A sum of products in double precision, with a bound of how far a computation in single precision
 * may be from it.
 *
 * <p>A factor a that is known to within ea and one b to within eb give |a|·eb + |b|·ea + ea·eb. A
 * sum of n products in any order, whether fused or not, rounds each of them at most n times by a
 * relative 2⁻²⁴ (Higham 2002, section 3.1): n·2⁻²⁴·Σ|a|·|b| to first order. Four more roundings
 * cover a common factor, such as one over the size of a pooling tile, and the higher orders.
 */
public final class BoundedSum {

  /** Half a unit in the last place of 1: the relative error of one rounding. */
  public static final double ROUNDING = 0x1p-24;

  /** The absolute error of one rounding below the normal numbers. */
  static final double UNDERFLOW = 0x1p-149;

  private double value;
  private double inherited;
  private double magnitude;
  private int terms;

  /** Adds a·b with the errors of a and b. */
  void add(double a, double errorOfA, double b, double errorOfB) {
    value += a * b;
    inherited += Math.abs(a) * errorOfB + Math.abs(b) * errorOfA + errorOfA * errorOfB;
    magnitude += (Math.abs(a) + errorOfA) * (Math.abs(b) + errorOfB);
    terms++;
  }

  double value() {
    return value;
  }

  double error() {
    // A sum of zeros is exact.
    return magnitude == 0
        ? 0
        : inherited + (terms + 4) * (ROUNDING * magnitude) + terms * UNDERFLOW;
  }
}
