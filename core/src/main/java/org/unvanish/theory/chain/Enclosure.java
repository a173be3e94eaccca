package org.unvanish.theory.chain;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * An interval of reals that contains the exact result of every operation: ends are moved outward by
 * as many units in the last place as {@link StrictMath} promises, and one more.
 */
public record Enclosure(double low, double high) {

  public static Enclosure of(double exact) {
    return new Enclosure(exact, exact);
  }

  Enclosure plus(Enclosure o) {
    return outward(low + o.low, high + o.high, 1);
  }

  Enclosure minus(Enclosure o) {
    return outward(low - o.high, high - o.low, 1);
  }

  /** The product of two intervals of positive numbers. */
  Enclosure times(Enclosure o) {
    return outward(low * o.low, high * o.high, 1);
  }

  /** The quotient of two intervals of positive numbers. */
  Enclosure over(Enclosure o) {
    return outward(low / o.high, high / o.low, 1);
  }

  Enclosure sqrt() {
    return outward(Math.sqrt(low), Math.sqrt(high), 1);
  }

  Enclosure exp() {
    return increasing(StrictMath::exp, 2);
  }

  Enclosure log() {
    return increasing(StrictMath::log, 2);
  }

  Enclosure tanh() {
    return increasing(StrictMath::tanh, 4);
  }

  Enclosure negated() {
    return new Enclosure(-high, -low);
  }

  /**
   * Encloses the root of an increasing function between two points where its signs are − and +.
   *
   * @param function applied to single points, gives an interval around its value
   */
  static Enclosure root(UnaryOperator<Enclosure> function, double from, double to) {
    double low = from;
    double high = to;
    // Each side moves only while the sign at the middle is proved.
    for (int n = 0; n < 100; n++) {
      double middle = low + (high - low) / 2;
      Enclosure value = function.apply(of(middle));
      if (value.high < 0) {
        low = middle;
      } else if (value.low > 0) {
        high = middle;
      } else {
        break;
      }
    }
    return new Enclosure(low, high);
  }

  Bracket bracket() {
    return new Bracket(low, high);
  }

  private Enclosure increasing(DoubleUnaryOperator f, int ulps) {
    return outward(f.applyAsDouble(low), f.applyAsDouble(high), ulps);
  }

  private static Enclosure outward(double low, double high, int ulps) {
    return new Enclosure(low - ulps * Math.ulp(low), high + ulps * Math.ulp(high));
  }
}
