package org.unvanish.diagnosis.measurement;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;

/**
 * Which numbers an activation can put out.
 *
 * @param low the least; −∞ where there is none
 * @param high the most; ∞ where there is none
 * @param lowIsLimit whether it comes to the least only at infinity, as the logistic function to 0
 * @param highIsLimit the same of the most
 */
record OutputRange(double low, double high, boolean lowIsLimit, boolean highIsLimit) {

  /** Any number. */
  static final OutputRange ALL =
      new OutputRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, false);

  /** Probabilities, as of softmax. */
  static final OutputRange PROBABILITIES = new OutputRange(0, 1, true, true);

  /** Where functions are looked at between their limits. */
  private static final double FAR = 64;

  private static final double STEP = 1.0 / 64;

  /** Functions that are clipped are so from here on; others have not come to their limits yet. */
  private static final double CLIPPED = 4;

  /**
   * The range of a function times its factor; the scale on the other side does not change it. A
   * factor that is trained can become any number.
   */
  static OutputRange of(Activation activation) {
    ActivationFunction function = activation.function();
    if (activation.scale() instanceof Scale.Learned && !function.isHomogeneous()) {
      return ALL;
    }
    double low = Math.min(limit(function, -1), limit(function, 1));
    double high = Math.max(limit(function, -1), limit(function, 1));
    boolean lowIsLimit = Double.isFinite(low);
    boolean highIsLimit = Double.isFinite(high);
    for (double u = -FAR; u <= FAR; u += STEP) {
      double value = function.value(u);
      boolean near = Math.abs(u) <= CLIPPED;
      lowIsLimit &= !(value < low) && !(near && value == low);
      highIsLimit &= !(value > high) && !(near && value == high);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double outer = activation.outer();
    return new OutputRange(outer * low, outer * high, lowIsLimit, highIsLimit);
  }

  /** Where a function goes at infinity; where it goes nowhere, a value of it. */
  private static double limit(ActivationFunction function, int sign) {
    double limit = function.value(sign * Double.POSITIVE_INFINITY);
    return Double.isNaN(limit) ? function.value(0) : limit;
  }

  /** The nearest number that can be put out, or come to. */
  double nearest(double target) {
    return Math.max(low, Math.min(target, high));
  }

  /**
   * Whether a target is a limit that is never reached.
   *
   * @param tolerance a part of the range's width within which it counts as such
   */
  boolean isLimit(double target, double tolerance) {
    double width = tolerance * (Double.isFinite(high - low) ? high - low : 1);
    return (lowIsLimit && Math.abs(target - low) <= width)
        || (highIsLimit && Math.abs(target - high) <= width);
  }
}
