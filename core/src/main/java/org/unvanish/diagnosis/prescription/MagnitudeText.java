package org.unvanish.diagnosis.prescription;

import java.util.Locale;

/** Decimal logarithms as people read them; an en dash stands for one that is no number. */
public final class MagnitudeText {

  private static final String MISSING = "–";

  /** Powers of ten beyond these are not written out. */
  private static final double LARGEST = 300;

  private MagnitudeText() {}

  /** {@code −1.2}, {@code 0.0}, {@code −∞}. */
  public static String of(double log10) {
    return text("%.1f", log10);
  }

  /** {@code +1.2}, {@code −1.2}, {@code 0.0}, {@code −∞}, in columns at least four wide. */
  public static String signed(double log10) {
    String text = text("%+.1f", log10).replace("+0.0", "0.0");
    return " ".repeat(Math.max(0, 4 - text.length())) + text;
  }

  private static String text(String format, double log10) {
    if (Double.isNaN(log10)) {
      return MISSING;
    }
    if (Double.isInfinite(log10)) {
      return log10 < 0 ? "−∞" : "+∞";
    }
    // Rounded first, so that no zero has a sign.
    double rounded = Math.round(log10 * 10) / 10.0;
    return String.format(Locale.ROOT, format, rounded).replace('-', '−');
  }

  /** Ten to that power: {@code 3e-05}, {@code 1e-420}, {@code 0} for −∞. */
  public static String power(double log10) {
    if (Double.isNaN(log10)) {
      return MISSING;
    }
    if (Double.isInfinite(log10)) {
      return log10 < 0 ? "0" : "∞";
    }
    return Math.abs(log10) > LARGEST
        ? String.format(Locale.ROOT, "1e%+.0f", log10)
        : String.format(Locale.ROOT, "%.0e", Math.pow(10, log10));
  }
}
