package org.unvanish.text;

/** Small bars of characters. */
public final class Bars {

  private static final int HALF = 6;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final double scale;

  /**
   * @param scale the size that fills a bar, above 0
   */
  public Bars(double scale) {
    this.scale = scale;
  }

  /** A bar from an axis to the left where the value is below 0, to the right where it is above. */
  public String signed(double value) {
    double length = Math.min(1, Math.abs(value) / scale) * HALF;
    String bar = value < 0 ? leftwards(length) : "";
    return " ".repeat(HALF - bar.length()) + bar + "│" + (value > 0 ? rightwards(length) : "");
  }

  /** A bar of a share in [0, 1]. */
  public static String share(double share) {
    return rightwards(share * HALF);
  }

  private static String rightwards(double length) {
    int eighths = (int) Math.round(8 * length);
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + rest;
  }

  /** Unicode has halves only on this side. */
  private static String leftwards(double length) {
    int halves = (int) Math.round(2 * length);
    return (halves % 2 == 0 ? "" : "▐") + "█".repeat(halves / 2);
  }
}
