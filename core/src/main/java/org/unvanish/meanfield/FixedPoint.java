package org.unvanish.meanfield;

/**
 * Where the variance of the pre-activations and the correlation of two inputs end in a deep
 * network, and how fast.
 *
 * <p>For q* = 0, which is reached without biases only, the other numbers are the limits for biases
 * that go to 0; for q* = +∞ the correlation is not a number.
 *
 * @param q q* = V(q*), from 0 to +∞
 * @param factor χ₁ = χ(q*), by which a layer multiplies the energy of the gradient
 * @param slope V′(q*)
 * @param correlation c* = C(c*), the stable one: 1 where χ₁ ≤ 1
 * @param correlationSlope C′(c*)
 * @since 0.1
 */
public record FixedPoint(
    double q, double factor, double slope, double correlation, double correlationSlope) {

  /**
   * The fixed point that inputs of mean square 1 lead to; see {@link VarianceMap#fixedVariance}.
   */
  public static FixedPoint of(VarianceMap map) {
    double q = map.fixedVariance();
    Moments moments = map.moments(q);
    double factor = map.factor(moments);
    double slope = map.sigmaW() * map.sigmaW() * moments.meanSquareSlope();
    if (factor <= 1 + Phase.NEAR) {
      return new FixedPoint(q, factor, slope, 1, factor);
    }
    if (q == 0 || Double.isInfinite(q)) {
      return new FixedPoint(q, factor, slope, Double.NaN, Double.NaN);
    }
    CorrelationMap correlations = new CorrelationMap(map, q);
    double c = correlations.fixed();
    return new FixedPoint(q, factor, slope, c, correlations.slope(c));
  }

  /** ξ_q = −1/ln V′(q*): in so many layers the variance comes nearer to q* by e. */
  public double varianceScale() {
    return scale(slope);
  }

  /** ξ_c = −1/ln C′(c*): in so many layers the correlation comes nearer to c* by e. */
  public double correlationScale() {
    return scale(correlationSlope);
  }

  /**
   * ξ_∇ = −1/ln χ₁: in so many layers the gradient's energy shrinks by e. Negative where it grows,
   * infinite where it stays.
   */
  public double gradientScale() {
    return scale(factor);
  }

  /** Critical is χ₁ within 10⁻⁹ of 1. */
  public Phase phase() {
    return Phase.of(factor);
  }

  private static double scale(double factor) {
    return factor == 1 ? Double.POSITIVE_INFINITY : -1 / StrictMath.log(factor);
  }
}
