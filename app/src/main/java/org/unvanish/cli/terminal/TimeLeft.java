package org.unvanish.cli.terminal;

import java.util.Locale;

/** Times as people say them. */
public final class TimeLeft {

  /** Below this many seconds nothing is known of the speed: Java still compiles. */
  private static final double WARM_UP = 4;

  private TimeLeft() {}

  /**
   * What is left, if work goes on at the mean speed so far.
   *
   * @param done work done
   * @param total work in all, in the same unit
   * @param seconds that the work so far took
   * @return {@code about 3 min 20 s left}, or empty while it is too early to tell
   */
  static String of(double done, double total, double seconds) {
    if (done <= 0 || seconds < WARM_UP) {
      return "";
    }
    return "about " + inWords(seconds * Math.max(0, total - done) / done) + " left";
  }

  /** {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 05 min}. */
  public static String inWords(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    if (s < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
  }
}
