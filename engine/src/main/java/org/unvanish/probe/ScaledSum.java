package org.unvanish.probe;

/**
 * A sum of numbers of at least 0 that are given as value·2^exponent, far beyond the range of a
 * double: what is left of a signal after forty layers may be 1e-200, and its square is summed.
 */
final class ScaledSum {

  private static final double LOG10_OF_2 = StrictMath.log10(2);

  private double value;
  private int exponent;
  private long count;

  /**
   * Adds a number.
   *
   * @param added at least 0 and finite
   * @param addedExponent of 2
   * @param addedCount of how many numbers it is the sum
   */
  void add(double added, int addedExponent, long addedCount) {
    count += addedCount;
    if (added == 0) {
      return;
    }
    if (value == 0) {
      value = added;
      exponent = addedExponent;
    } else if (addedExponent <= exponent) {
      value += Math.scalb(added, addedExponent - exponent);
    } else {
      value = added + Math.scalb(value, exponent - addedExponent);
      exponent = addedExponent;
    }
  }

  /** Whether nothing but zeros was added. */
  boolean isZero() {
    return value == 0;
  }

  /** How many numbers were added. */
  long count() {
    return count;
  }

  /** The decimal logarithm of the root of the mean; −∞ for 0. */
  double rmsLog10() {
    return value == 0
        ? Double.NEGATIVE_INFINITY
        : (StrictMath.log10(value / count) + exponent * LOG10_OF_2) / 2;
  }

  /** The root of the mean, as a double. */
  double rms() {
    return Math.sqrt(Math.scalb(value, exponent) / Math.max(1, count));
  }
}
