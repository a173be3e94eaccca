package org.unvanish.meanfield;

import java.util.function.DoubleUnaryOperator;

/** Zeros of functions of a positive number, to its last bits. */
final class Bisection {

  private Bisection() {}

  /**
   * A zero between two numbers above 0, where the function has different signs: by regula falsi, as
   * each value costs a Gaussian mean, and by halves where that does not get on.
   *
   * @param low the lower one
   * @param high at most a few powers of 2 above it
   */
  static double zero(DoubleUnaryOperator f, double low, double high) {
    double a = low;
    double b = high;
    double atA = f.applyAsDouble(a);
    double atB = f.applyAsDouble(b);
    double least = 2 * Math.ulp(high);
    double before = b - a;
    int stays = 0;
    for (int step = 1; b - a > 2 * least; step++) {
      double x = a + (b - a) * (atA / (atA - atB));
      if (step % 3 == 0) {
        x = b - a > before / 4 ? a + (b - a) / 2 : x;
        before = b - a;
      }
      // At least so far from either end that the last steps come from both sides.
      x = Math.max(a + least, Math.min(b - least, x));
      double atX = f.applyAsDouble(x);
      if (atX == 0) {
        return x;
      }
      if (atX > 0 == atA > 0) {
        a = x;
        atA = atX;
        atB = stays > 0 ? atB / 2 : atB; // Illinois: an end that stays again counts less.
        stays = 1;
      } else {
        b = x;
        atB = atX;
        atA = stays < 0 ? atA / 2 : atA;
        stays = -1;
      }
    }
    return a + (b - a) / 2;
  }
}
