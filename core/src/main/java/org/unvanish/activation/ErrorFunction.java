package org.unvanish.activation;

/** The error function and the normal distribution, in double precision, by own formulas. */
// More digits than a double keeps, as they were computed.
@SuppressWarnings("FloatingPointLiteralPrecision")
final class ErrorFunction {

  static final double TWO_OVER_ROOT_PI = 1.1283791670955125739;
  static final double ONE_OVER_ROOT_TWO_PI = 0.39894228040143267794;

  private static final double ROOT_HALF = 0.70710678118654752440;

  /** Up to there the power series of erf needs few terms, none of which cancels much. */
  private static final double NEAR = 0.5;

  /** Its terms: the next one is below 2⁻⁶⁰ of the first for |z| ≤ ½. */
  private static final int TERMS = 14;

  /** Beyond, e^(−z²/4) squared is 0, and so are all greater powers. */
  private static final double FAR = 60;

  /** Where the variable of the Chebyshev series is 0. */
  private static final double CENTRE = 3.75;

  /**
   * (1 + 2x)·e^(x²)·erfc(x) for x ≥ 0 as a Chebyshev series in (x − 3.75)/(x + 3.75), the form of
   * Shepherd &amp; Laframboise (1981), Mathematics of Computation 36; computed in 60 digits.
   */
  private static final double[] CHEBYSHEV = {
    1.1775789345674017541,
    -0.0045900545806464773309,
    -0.084249133366517915584,
    0.059209939998191890498,
    -0.026658668435305752277,
    0.0090749976707052650939,
    -0.0024131635404176081909,
    0.00049077583652580863229,
    -0.000069169733025012063671,
    4.1390279860730101675e-6,
    7.7403830661984906686e-7,
    -2.1886401049234395661e-7,
    1.0764999465670910377e-8,
    4.5219598112182868979e-9,
    -7.7544002088313511065e-10,
    -6.3180883408866844944e-11,
    2.8687950109306698981e-11,
    1.945586854577734723e-13,
    -9.6546967484334389059e-13,
    3.2525481481487398415e-14,
    3.3478119482868053878e-14,
    -1.8645628804193131015e-15,
    -1.2507950530688647085e-15,
    7.418235256624043463e-17,
    5.0681489047961113168e-17,
    -2.2370566594359995974e-18
  };

  private ErrorFunction() {}

  /** erf z. */
  static double erf(double z) {
    double x = Math.abs(z);
    if (x > NEAR) {
      return Math.signum(z) * (1 - gaussian(z, 1) * scaledComplement(x));
    }
    // z·Σ (−z²)ᵏ/(k!·(2k + 1)), from the smallest term on.
    double sum = 0;
    for (int k = TERMS; k >= 1; k--) {
      sum = (1.0 / (2 * k + 1) + sum) * (-z * z / k);
    }
    return TWO_OVER_ROOT_PI * (z + z * sum);
  }

  /**
   * e^(−times·z²), to 2 units in the last place; z² in two parts, as e to its power would multiply
   * its rounding.
   *
   * @param times a power of 2 from ¼ to 1
   */
  static double gaussian(double z, double times) {
    double x = Math.min(Math.abs(z), FAR);
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    return StrictMath.exp(-times * square) * (1 - times * rest);
  }

  /** (1 − Φ(z))·e^(z²/2) for z ≥ 0, Φ the normal distribution. */
  static double scaledTail(double z) {
    return scaledComplement(z * ROOT_HALF) / 2;
  }

  /** e^(x²)·erfc(x) for x ≥ 0; from 60 on it has no effect on anything. */
  private static double scaledComplement(double argument) {
    double x = Math.min(argument, FAR);
    double t = (x - CENTRE) / (x + CENTRE);
    double next = 0;
    double after = 0;
    for (int k = CHEBYSHEV.length - 1; k >= 1; k--) {
      double sum = 2 * t * next - after + CHEBYSHEV[k];
      after = next;
      next = sum;
    }
    return (t * next - after + CHEBYSHEV[0]) / (1 + 2 * x);
  }
}
