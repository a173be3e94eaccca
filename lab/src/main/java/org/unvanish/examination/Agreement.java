package org.unvanish.examination;

import org.unvanish.forecast.Forecast;
import org.unvanish.statistics.MeanDeviation;

/** How a forecast and what was measured over seeds fit, for the typical sample. */
public enum Agreement {
  /** No further apart than chance and the theory's own error make them. */
  AGREES("agrees"),
  /** Apart by at most a tenth of what becomes of the gradient. */
  NEARLY("nearly"),
  /** Further apart. */
  DIFFERS("differs"),
  /** One of them is missing, or nothing of the gradient was left. */
  UNKNOWN("unknown");

  /** What mean-field theory misses at usual widths, in orders of magnitude. */
  private static final double THEORY = 0.1;

  /** A difference that is small against what becomes of the gradient. */
  private static final double SMALL = 0.1;

  private final String label;

  Agreement(String label) {
    this.label = label;
  }

  /** As JSON has it. */
  public String label() {
    return label;
  }

  /** Of a whole network. */
  public static Agreement of(Forecast forecast, MeasuredSeeds measured) {
    return of(forecast.typicalLog10(), measured.all().typical());
  }

  /**
   * Of one number.
   *
   * @param forecast as log₁₀
   */
  public static Agreement of(double forecast, MeanDeviation measured) {
    double apart = Math.abs(forecast - measured.mean());
    if (Double.isNaN(apart) || Double.isInfinite(apart)) {
      return UNKNOWN;
    }
    // Of one seed nobody knows how far others are from it.
    double chance = measured.n() < 2 ? 0 : 2 * measured.error();
    if (apart <= THEORY + chance) {
      return AGREES;
    }
    return apart <= SMALL * Math.abs(measured.mean()) + chance ? NEARLY : DIFFERS;
  }
}
