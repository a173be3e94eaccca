package org.unvanish.meanfield;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;

/**
 * From the variance of a layer's pre-activations to that of the next layer's, V(q) = σ_w²·E f_α(√q
 * Z)² + σ_b², with what belongs to it (Poole et al. 2016, Schoenholz et al. 2017).
 *
 * <p>The layer has an activation function f_α, then weights of variance σ_w²/fan-in and biases of
 * variance σ_b². As the number of units grows, its pre-activations become normal.
 *
 * <p>Each method makes its Gaussian means anew, in some tens of microseconds; {@link #moments}
 * gives all of them at once.
 *
 * @param activation f_α; a learned scale counts with its initial α
 * @param sigmaW σ_w ≥ 0
 * @param sigmaB σ_b ≥ 0
 * @since 0.1
 */
public record VarianceMap(Activation activation, double sigmaW, double sigmaB) {

  /** Beyond, the variance counts as infinite: of the base function's pre-activations. */
  private static final double HUGE = 1e40;

  /**
   * @throws IllegalArgumentException if a number is below 0 or not finite
   */
  public VarianceMap {
    Point.requireFinite("sigmaW", sigmaW);
    Point.requireFinite("sigmaB", sigmaB);
  }

  /** The place in the plane of gain and bias of the base function. */
  public Point point() {
    return Point.of(activation, sigmaW, sigmaB);
  }

  /** The Gaussian means of f_α at q. */
  public Moments moments(double q) {
    return Moments.of(activation, q);
  }

  /** V(q). */
  public double variance(double q) {
    return variance(moments(q));
  }

  /** V of means that are there already. */
  public double variance(Moments moments) {
    return sigmaW * sigmaW * moments.meanSquare() + sigmaB * sigmaB;
  }

  /** V′(q) = σ_w²·E[Z·f_α·f_α′]/√q. */
  public double slope(double q) {
    return sigmaW * sigmaW * moments(q).meanSquareSlope();
  }

  /** χ(q) = σ_w²·E f_α′², by which the layer multiplies the energy of the gradient. */
  public double factor(double q) {
    return factor(moments(q));
  }

  /** χ of means that are there already. */
  public double factor(Moments moments) {
    return sigmaW * sigmaW * moments.derivativeMeanSquare();
  }

  /**
   * What χ(q) is at least: (V(q) − σ_b² − σ_w²·(E f_α)²)/q, for q·E f′² is at least the variance of
   * f (Poincaré's inequality).
   *
   * @param q above 0
   */
  public double leastFactor(double q) {
    Moments moments = moments(q);
    double variance = moments.meanSquare() - moments.mean() * moments.mean();
    return sigmaW * sigmaW * variance / q;
  }

  /** E f_α. */
  public double mean(double q) {
    return moments(q).mean();
  }

  /** E f_α². */
  public double meanSquare(double q) {
    return moments(q).meanSquare();
  }

  /** E f_α′². */
  public double derivativeMeanSquare(double q) {
    return moments(q).derivativeMeanSquare();
  }

  /** The share of pre-activations that lie beyond the {@link SaturationPoint} of their side. */
  public double saturatedShare(double q) {
    SaturationPoint point = SaturationPoint.of(activation.function());
    double deviation = activation.inner() * Math.sqrt(q);
    return tail(point.below(), deviation) + tail(point.above(), deviation);
  }

  private static double tail(double from, double deviation) {
    return Double.isInfinite(from)
        ? 0
        : (1 - ActivationFunction.ERF.value(from / (deviation * Math.sqrt(2)))) / 2;
  }

  /**
   * C(c): the correlation of two inputs behind the layer, C(1) = 1.
   *
   * @param q the variance of both pre-activations, above 0 and finite
   * @param c their correlation, from −1 to 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public double correlation(double q, double c) {
    return new CorrelationMap(this, q).value(c);
  }

  /**
   * C′(c) = σ_w²·q·E f_α′(u₁)f_α′(u₂)/V(q); at a fixed point C′(1) = χ₁.
   *
   * @param q the variance of both pre-activations, above 0 and finite
   * @param c their correlation, from −1 to 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public double correlationSlope(double q, double c) {
    return new CorrelationMap(this, q).slope(c);
  }

  /**
   * q*, where the variance ends in a deep network: V(q*) = q*.
   *
   * <p>It is the fixed point that the recursion comes to from inputs of mean square 1. Tanh and its
   * like have no other that is stable. With gelu and silu it is 0 or +∞, as the inputs decide.
   *
   * @return a number from 0 to +∞; where every q is a fixed point, as with relu at σ_w = √2, the
   *     first layer's variance
   */
  public double fixedVariance() {
    double inner = activation.inner();
    Point point = point();
    VarianceMap base =
        new VarianceMap(Activation.of(activation.function()), point.sigmaW(), point.sigmaB());
    double first = sigmaW * sigmaW + sigmaB * sigmaB;
    return first == 0 ? 0 : base.fixedVariance(inner * inner * first) / (inner * inner);
  }

  /** Up or down from a variance to the next fixed point, since V rises. */
  private double fixedVariance(double start) {
    double excess = excess(start);
    if (Math.abs(excess) < 4 * Math.ulp(1.0)) {
      return start;
    }
    boolean up = excess > 0;
    if (!up && variance(0) == 0 && slope(0) <= 1 + Math.ulp(1.0)) {
      return 0;
    }
    double near = start;
    double far = up ? 2 * start : start / 2;
    while (excess(far) > 0 == up) {
      near = far;
      far = up ? 2 * far : far / 2;
      if (far > HUGE) {
        return Double.POSITIVE_INFINITY;
      }
      if (far < 1 / HUGE) {
        return 0;
      }
    }
    return Bisection.zero(this::excess, Math.min(near, far), Math.max(near, far));
  }

  private double excess(double q) {
    return variance(q) / q - 1;
  }
}
