package org.unvanish.meanfield;

import java.util.function.DoubleUnaryOperator;

/** Zeros of functions of a positive number, to its last bits. */
final class Bisection {

  private Bisection() {}

  /**
   * A zero between two numbers above 0, where the function has different signs.
   *
   * @param low the lower one
   * @param high at most a few powers of 2 above it
   */
  static double zero(DoubleUnaryOperator f, double low, double high) {
    double a = low;
    double b = high;
    boolean positive = f.applyAsDouble(a) > 0;
    while (true) {
      double middle = a + (b - a) / 2;
      if (middle <= a || middle >= b) {
        return middle;
      }
      if (f.applyAsDouble(middle) > 0 == positive) {
        a = middle;
      } else {
        b = middle;
      }
    }
  }
}
