package org.unvanish.theory;

import java.util.Arrays;
import org.unvanish.theory.Statement.Sides;

/** Whether two computations have the same results, but for what rounding does to them. */
final class Rounding {

  /** What the difference is called, and what it may be. */
  static final String LEFT = "the largest difference";

  static final String RIGHT =
      "nothing but underflow for α = 2ⁿ, else 10⁻⁶ of the largest number or α";

  /** What rounding adds, relative to the largest number, where a factor is no power of two. */
  private static final double SHARE = 1e-6;

  private static final double UNDERFLOW = 1e-290;

  private Rounding() {}

  /**
   * Left, the largest difference; right, nothing: with factors that are powers of two both sides
   * must have the same bits but where numbers underflow.
   */
  static Sides same(double[] one, double[] other) {
    return Sides.of(difference(one, other), UNDERFLOW);
  }

  /**
   * Left, the largest difference; right, what rounding may add.
   *
   * @param size of numbers on the way, if they are larger than the results
   */
  static Sides nearlySame(double[] one, double[] other, double size) {
    double largest = Math.max(Arrays.stream(one).map(Math::abs).max().orElse(0), size);
    return Sides.of(difference(one, other), SHARE * largest);
  }

  static boolean isPowerOfTwo(double factor) {
    return Math.scalb(1.0, Math.getExponent(factor)) == factor;
  }

  private static double difference(double[] one, double[] other) {
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      difference = Math.max(difference, Math.abs(one[i] - other[i]));
    }
    return difference;
  }
}
