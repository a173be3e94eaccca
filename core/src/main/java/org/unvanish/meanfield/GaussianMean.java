package org.unvanish.meanfield;

import java.util.function.DoubleUnaryOperator;

/**
 * The Gaussian mean E g(√q·Z), Z standard normal.
 *
 * <p>The error is that of the quadrature, by a second rule with fewer points, and of rounding. It
 * assumes that g varies on a scale of 1, or more slowly far from 0, as activation functions do.
 *
 * @param value the mean
 * @param error an estimate of its absolute error, seldom exceeded
 * @since 0.1
 */
public record GaussianMean(double value, double error) {

  /**
   * The mean of a function that is smooth but for kinks.
   *
   * @param g a function of all numbers
   * @param q the variance of its argument, from 0 to +∞; at the two ends g is taken at its limits
   * @param kinks where else than at 0 the function or a derivative jumps, or changes fastest: on
   *     both sides, whatever the sign; those of activation functions are at ±1 for hard-tanh and at
   *     ±3 for hard-sigmoid
   * @throws IllegalArgumentException if q is below 0 or not a number
   */
  public static GaussianMean of(DoubleUnaryOperator g, double q, double... kinks) {
    GaussianNodes fine = GaussianNodes.of(q, kinks, 1, GaussLegendre.FINE);
    GaussianNodes coarse = GaussianNodes.of(q, kinks, 1, GaussLegendre.COARSE);
    double value = sum(g, fine);
    double rounding = 4 * Math.ulp(1.0) * sum(x -> Math.abs(g.applyAsDouble(x)), fine);
    return new GaussianMean(value, Math.abs(value - sum(g, coarse)) + rounding);
  }

  private static double sum(DoubleUnaryOperator g, GaussianNodes nodes) {
    double sum = 0;
    for (int i = 0; i < nodes.u.length; i++) {
      sum += nodes.weight[i] * (g.applyAsDouble(nodes.u[i]) + g.applyAsDouble(-nodes.u[i]));
    }
    return sum;
  }
}
