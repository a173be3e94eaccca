package org.unvanish.meanfield;

/**
 * ψ and ψ′, the first derivatives of ln Γ, by their asymptotic series (Abramowitz &amp; Stegun 6.3,
 * 6.4).
 */
final class Polygamma {

  /** Beyond, the terms of the series that are left out are below 10⁻¹⁷. */
  private static final double FAR = 16;

  private Polygamma() {}

  /** ψ(x) − ln x for x &gt; 0. */
  static double digammaLessLog(double x) {
    double sum = 0;
    double y = x;
    while (y < FAR) {
      sum -= 1 / y;
      y++;
    }
    double t = 1 / (y * y);
    double series =
        t * (1.0 / 12 - t * (1.0 / 120 - t * (1.0 / 252 - t * (1.0 / 240 - t * (1.0 / 132)))));
    return sum + StrictMath.log(y / x) - 1 / (2 * y) - series;
  }

  /** ψ′(x) for x &gt; 0. */
  static double trigamma(double x) {
    double sum = 0;
    double y = x;
    while (y < FAR) {
      sum += 1 / (y * y);
      y++;
    }
    double t = 1 / (y * y);
    double series =
        t * (1.0 / 6 - t * (1.0 / 30 - t * (1.0 / 42 - t * (1.0 / 30 - t * (5.0 / 66)))));
    return sum + 1 / y + t / 2 + series / y;
  }
}
