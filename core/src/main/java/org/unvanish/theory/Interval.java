package org.unvanish.theory;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * An interval of reals that contains the exact result of every operation: ends are moved outward by
 * as many units in the last place as {@link StrictMath} promises, and one more.
 */
record Interval(double low, double high) {

  static Interval of(double exact) {
    return new Interval(exact, exact);
  }

  Interval plus(Interval o) {
    return outward(low + o.low, high + o.high, 1);
  }

  Interval minus(Interval o) {
    return outward(low - o.high, high - o.low, 1);
  }

  /** The product of two intervals of positive numbers. */
  Interval times(Interval o) {
    return outward(low * o.low, high * o.high, 1);
  }

  /** The quotient of two intervals of positive numbers. */
  Interval over(Interval o) {
    return outward(low / o.high, high / o.low, 1);
  }

  Interval sqrt() {
    return outward(Math.sqrt(low), Math.sqrt(high), 1);
  }

  Interval exp() {
    return increasing(StrictMath::exp, 2);
  }

  Interval log() {
    return increasing(StrictMath::log, 2);
  }

  Interval tanh() {
    return increasing(StrictMath::tanh, 4);
  }

  Interval negated() {
    return new Interval(-high, -low);
  }

  /**
   * Encloses the root of an increasing function between two points where its signs are − and +.
   *
   * @param function applied to single points, gives an interval around its value
   */
  static Interval root(UnaryOperator<Interval> function, double from, double to) {
    double low = from;
    double high = to;
    // Each side moves only while the sign at the middle is proved.
    for (int n = 0; n < 100; n++) {
      double middle = low + (high - low) / 2;
      Interval value = function.apply(of(middle));
      if (value.high < 0) {
        low = middle;
      } else if (value.low > 0) {
        high = middle;
      } else {
        break;
      }
    }
    return new Interval(low, high);
  }

  Bracket bracket() {
    return new Bracket(low, high);
  }

  private Interval increasing(DoubleUnaryOperator f, int ulps) {
    return outward(f.applyAsDouble(low), f.applyAsDouble(high), ulps);
  }

  private static Interval outward(double low, double high, int ulps) {
    return new Interval(low - ulps * Math.ulp(low), high + ulps * Math.ulp(high));
  }
}
