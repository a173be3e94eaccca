package org.unvanish.diagnosis.evidence;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * Where an activation function saturates: the pre-activation u of the base function at which f′(u)
 * has fallen to a tenth of its largest value.
 *
 * <p>A tenth, because such a unit passes on so little that nine of them weigh less than one that is
 * not saturated. tanh saturates at 1.82, the logistic function at 3.64, arctan at 3, softsign at
 * 2.16; log-sigmoid saturates on the positive side only, at 2.20; relu and the identity never do.
 *
 * @param function the base function
 * @param position u, above 0, or infinite where f′ never falls as far
 * @param oneSided whether only positive pre-activations saturate
 * @since 0.1
 */
public record SaturationPoint(ActivationFunction function, double position, boolean oneSided) {

  /** f′ at the saturation point as a share of its largest value. */
  public static final double SHARE = 0.1;

  /** Far enough out that what saturates has saturated. */
  private static final double FAR = 100;

  /** The saturation point of a function. */
  public static SaturationPoint of(ActivationFunction function) {
    double left = function.derivative(-FAR);
    double right = function.derivative(FAR);
    double largest = largestSlope(function);
    return right > SHARE * largest
        ? new SaturationPoint(function, Double.POSITIVE_INFINITY, false)
        : new SaturationPoint(function, solve(function, largest), left > SHARE * largest);
  }

  private static double largestSlope(ActivationFunction function) {
    return Math.max(
        function.derivative(0), Math.max(function.derivative(-FAR), function.derivative(FAR)));
  }

  /** The largest slope of an activation, as it is scaled. */
  public static double largestSlope(Activation activation) {
    return activation.outer() * activation.inner() * largestSlope(activation.function());
  }

  /** f′ falls on all of (0, ∞), so halving an interval finds the one solution. */
  private static double solve(ActivationFunction function, double largest) {
    double low = 0;
    double high = FAR;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (function.derivative(middle) > SHARE * largest) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * How far a pre-activation lies on the way to the saturation point; above 1 it is saturated. 0
   * where the function does not saturate, and on a side where it does not.
   *
   * @param u the pre-activation, as the base function sees it
   */
  public double distance(double u) {
    return (oneSided ? Math.max(u, 0) : Math.abs(u)) / position;
  }

  /**
   * The weights' gain (see {@link LayerEvidence#weightGain()}) at which a layer neither loses nor
   * amplifies a small gradient: 1/f′(0), and √2 for relu, half of whose units are off (He et al.
   * 2015).
   */
  public static double criticalGain(Activation activation) {
    double slope = activation.outer() * activation.inner();
    return activation.function() == ActivationFunction.RELU
        ? Math.sqrt(2) / slope
        : 1 / (slope * activation.function().derivative(0));
  }
}
