package org.unvanish.diagnosis.measurement;

/**
 * A sum of squares, each given as value·2^exponent, far beyond the range of a double: a gradient
 * may have shrunk to 1e-200 after forty layers, and this adds up its squares.
 */
public final class ScaledSum {

  static final double LOG10_OF_2 = StrictMath.log10(2);

  private double value;
  private int exponent;
  private long count;

  /** An empty sum. */
  public ScaledSum() {}

  /**
   * The sum of the squares of {@code values[from … to − 1]}, one after the other.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within the array
   */
  public static double ofSquares(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  /** Adds the squares of all values. */
  public void addSquares(float[] values) {
    add(ofSquares(values, 0, values.length), 0, values.length);
  }

  /**
   * Adds squares that are summed up already.
   *
   * @param added at least 0 and finite
   * @param addedExponent of 2
   * @param addedCount of how many squares it is the sum
   */
  public void add(double added, int addedExponent, long addedCount) {
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

  /** How many squares were added. */
  long count() {
    return count;
  }

  /** The decimal logarithm of the root mean square; −∞ for 0. */
  double rmsLog10() {
    return value == 0
        ? Double.NEGATIVE_INFINITY
        : (StrictMath.log10(value / count) + exponent * LOG10_OF_2) / 2;
  }

  /** The root mean square, as a double; 0 if nothing was added. */
  public double rms() {
    return Math.sqrt(Math.scalb(value, exponent) / Math.max(1, count));
  }
}
