package org.unvanish.comparison;

import java.util.Locale;

/** Numbers as tables and sentences show them: without NaN, Infinity, or a sign before zero. */
public final class ShownNumber {

  /** Stands where there is no number. */
  public static final String MISSING = "–";

  private ShownNumber() {}

  /**
   * A number with {@link Locale#ROOT}'s digits: {@value #MISSING} for NaN, {@code ∞} and {@code −∞}
   * for what is not finite; a zero has no minus.
   *
   * @param format of {@link String#format} for one number, with its unit behind it
   */
  public static String of(String format, double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? "−∞" : "∞";
    }
    String text = String.format(Locale.ROOT, format, value);
    return text.startsWith("-") && isZero(text) ? of(format, 0) : text;
  }

  /** True for {@code -0.0} and {@code -0.0e+00}, which a value below the last digit becomes. */
  private static boolean isZero(String text) {
    return text.replaceFirst("e[+-]?[0-9]+", "").chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  /** A p value: three places, or a power of ten where they show nothing. */
  public static String pValue(double p) {
    return of(p < 0.001 ? "%.0e" : "%.3f", p);
  }
}
