package org.unvanish.codec.yaml;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text. */
public final class Numbers {

  private Numbers() {}

  /**
   * As specs and errors show them, the shortest text that reads back to the same bits: {@code 10},
   * {@code 0.05}, {@code 1e-8}.
   */
  public static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return Long.toString((long) value);
    }
    return Double.toString(value).replace(".0E", "e").replace("E", "e");
  }

  /**
   * The fewest decimal digits that read back to the same bits, as stored texts have them. Not
   * {@code Double.toString}: for some numbers, JDK 19 and later write fewer digits than JDK 17.
   */
  public static String exact(double value) {
    BigDecimal exact = new BigDecimal(value);
    int digits = 1;
    BigDecimal rounded = exact.round(new MathContext(digits));
    while (rounded.doubleValue() != value) {
      digits++;
      rounded = exact.round(new MathContext(digits));
    }
    return rounded.stripTrailingZeros().toString();
  }
}
