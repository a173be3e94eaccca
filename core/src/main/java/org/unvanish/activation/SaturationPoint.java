package org.unvanish.activation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where an activation function saturates: the pre-activations of the base function from which on
 * |f′| stays at or below a tenth of its largest value, one on either side of 0.
 *
 * <p>A tenth, because such a unit passes on so little that nine of them weigh less than one that is
 * not saturated. tanh saturates at ±1.82, the logistic function at ±3.64, arctan at ±3, softsign at
 * ±2.16, hard-tanh at ±1. Some saturate on one side only: log-sigmoid at 2.20; softplus, elu and
 * gelu, say, at −2.20, −2.30 and −1.73. The penalised tanh has two different points. relu and
 * leaky-relu never saturate, for they have their small slope from 0 on; nor do the identity, and
 * the sine, whose slope comes back.
 *
 * @param function the base function
 * @param below the saturation point for u &lt; 0, without its sign; infinite if there is none
 * @param above the saturation point for u &gt; 0; infinite if there is none
 * @since 0.1
 */
public record SaturationPoint(ActivationFunction function, double below, double above) {

  /** f′ at the saturation point as a share of its largest value. */
  public static final double SHARE = 0.1;

  /** Far enough out that what saturates has saturated; the sine has not, for cos 100 is 0.86. */
  private static final double FAR = 100;

  /** No two crossings of the share are so close. */
  private static final double STEP = 1.0 / 64;

  /** Solved once, as a probe asks for it at every layer. */
  private static final Map<ActivationFunction, SaturationPoint> SOLVED = new ConcurrentHashMap<>();

  /** The saturation point of a function. */
  public static SaturationPoint of(ActivationFunction function) {
    return SOLVED.computeIfAbsent(function, f -> new SaturationPoint(f, solve(f, -1), solve(f, 1)));
  }

  /** The largest slope of an activation, as it is scaled. */
  public static double largestSlope(Activation activation) {
    return activation.outer() * activation.inner() * activation.function().steepest();
  }

  /** From far out towards 0 to the first pre-activation that is not saturated. */
  private static double solve(ActivationFunction function, int sign) {
    double high = FAR;
    while (high > 0 && !isSteep(function, sign * (high - STEP))) {
      high -= STEP;
    }
    if (high == FAR || high <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double low = high - STEP;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (isSteep(function, sign * middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static boolean isSteep(ActivationFunction function, double u) {
    return Math.abs(function.derivative(u)) > SHARE * function.steepest();
  }

  /** Whether it saturates on one side at least. */
  public boolean exists() {
    return below < Double.POSITIVE_INFINITY || above < Double.POSITIVE_INFINITY;
  }

  /**
   * How far a pre-activation lies on the way to the saturation point of its side; above 1 it is
   * saturated. 0 where the function does not saturate, and on a side where it does not.
   *
   * @param u the pre-activation, as the base function sees it
   */
  public double distance(double u) {
    return u < 0 ? -u / below : u / above;
  }

  /**
   * The weights' gain, their standard deviation times √fan-in, at which a layer neither loses nor
   * amplifies a small gradient. It is 1/f′(0). Where the slope jumps at 0, one half of the units
   * has the one slope, one half the other, and their squares are averaged: √2 for relu (He et al.
   * 2015).
   */
  public static double criticalGain(Activation activation) {
    double left = activation.function().derivative(-Double.MIN_VALUE);
    double right = activation.function().derivative(Double.MIN_VALUE);
    return Math.sqrt(2 / (left * left + right * right)) / (activation.outer() * activation.inner());
  }
}
