package org.unvanish.diagnosis.prescription;

import java.util.Locale;

/**
 * Numbers as people read them: orders of magnitude as log₁₀ in tables and as factors in sentences,
 * others to three digits. An en dash stands for an order of magnitude that is no number.
 */
public final class MagnitudeText {

  private static final String MISSING = "–";

  /** Powers of ten beyond these are not written out. */
  private static final double LARGEST = 300;

  /** A gradient that changes by less, 1.26-fold, keeps its size for a reader. */
  private static final double KEPT = 0.1;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private MagnitudeText() {}

  /** {@code +1.2}, {@code −1.2}, {@code 0.0}, {@code −∞}, in columns at least four wide. */
  public static String signed(double log10) {
    String text = text(log10);
    return " ".repeat(Math.max(0, 4 - text.length())) + text;
  }

  private static String text(double log10) {
    if (Double.isNaN(log10)) {
      return MISSING;
    }
    if (Double.isInfinite(log10)) {
      return log10 < 0 ? "−∞" : "+∞";
    }
    // Rounded first, so that no zero has a sign.
    double rounded = Math.round(log10 * 10) / 10.0;
    return rounded == 0 ? "0.0" : String.format(Locale.ROOT, "%+.1f", rounded).replace('-', '−');
  }

  /**
   * What becomes of a gradient, as a verb in a sentence: {@code shrinks 10⁵-fold}, {@code grows
   * 30-fold}, {@code keeps its size}, {@code is lost} for −∞.
   *
   * @param log10 of its size afterwards as a multiple of that before
   */
  public static String change(double log10) {
    if (!Double.isFinite(log10)) {
      return log10 < 0 ? "is lost" : "has no finite size";
    }
    return isKept(log10) ? "keeps its size" : (log10 < 0 ? "shrinks " : "grows ") + fold(log10);
  }

  /**
   * What does that to a gradient: {@code f′ shrinks it 10⁵-fold}, {@code the weights keep its
   * size}.
   *
   * @param many whether the subject is plural
   * @param gradient {@code it}, or a name for it
   */
  static String effect(String subject, boolean many, double log10, String gradient) {
    String s = many ? "" : "s";
    if (!Double.isFinite(log10)) {
      return subject
          + (log10 < 0
              ? " leave" + s + " nothing of " + gradient
              : " make" + s + " " + gradient + " overflow");
    }
    if (isKept(log10)) {
      return subject
          + " keep"
          + s
          + (gradient.equals("it") ? " its size" : " the size of " + gradient);
    }
    String verb = log10 < 0 ? " shrink" + s : many ? " amplify" : " amplifies";
    return subject + verb + " " + gradient + " " + fold(log10);
  }

  private static boolean isKept(double log10) {
    return Math.abs(log10) < KEPT;
  }

  /** {@code 1.6-fold}, {@code 250-fold}, {@code 10⁵-fold}, for either sign. */
  public static String fold(double log10) {
    double size = Math.abs(log10);
    if (size >= 2.9) {
      StringBuilder power = new StringBuilder("10");
      Long.toString(Math.round(size))
          .chars()
          .forEach(c -> power.append(SUPERSCRIPTS.charAt(c - '0')));
      return power + "-fold";
    }
    double factor = Math.pow(10, size);
    String text =
        factor < 10
            ? String.format(Locale.ROOT, "%.1f", factor).replace(".0", "")
            : Long.toString(factor < 100 ? Math.round(factor) : 10 * Math.round(factor / 10));
    return text + "-fold";
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

  /** To three digits, without zeros behind them: {@code 0.02}, {@code 140}, {@code 1.5e-05}. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return "a non-finite number";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String text = String.format(Locale.ROOT, "%.3g", value);
    // From the beginning, so that the zeros of an exponent stay.
    return text.contains(".") ? text.replaceFirst("^([^e]*?)\\.?0+(?=e|$)", "$1") : text;
  }

  /** A share in [0, 1] as {@code 12.5 %}. */
  public static String share(double share) {
    return Double.isNaN(share) ? MISSING : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** {@code 2.9 to 7.1}, or the number that both are to three digits. */
  public static String range(double least, double most) {
    String low = number(least);
    String high = number(most);
    return low.equals(high) ? low : low + " to " + high;
  }
}
