package org.unvanish.meanfield;

import org.unvanish.activation.Activation;

/**
 * A point of the plane of gain and bias, as the base function f sees it: weights have variance
 * σ_w²/fan-in, biases σ_b².
 *
 * <p>The paper's scale α moves a network down in this plane, to (σ_w, σ_b/α); a naive factor moves
 * it to the right. All depth scales of a network depend on its point only.
 *
 * @param sigmaW σ_w ≥ 0, the gain
 * @param sigmaB σ_b ≥ 0
 * @since 0.1
 */
public record Point(double sigmaW, double sigmaB) {

  /**
   * @throws IllegalArgumentException if a number is below 0 or not finite
   */
  public Point {
    requireFinite("sigmaW", sigmaW);
    requireFinite("sigmaB", sigmaB);
  }

  /**
   * The point of a scaled function: outer·f(inner·z) behind weights and biases is f with
   * σ_w·outer·inner and σ_b·inner.
   *
   * @throws IllegalArgumentException if a number is below 0 or not finite
   */
  public static Point of(Activation activation, double sigmaW, double sigmaB) {
    double inner = activation.inner();
    return new Point(sigmaW * activation.outer() * inner, sigmaB * inner);
  }

  /**
   * Where tanh behaves as the logistic function does here: a logistic network is a tanh network
   * with a quarter of the weights, half of the biases and a quarter of the weights' sum as a bias.
   */
  public Point ofLogisticAsTanh() {
    return new Point(sigmaW / 4, Math.hypot(sigmaW / 4, sigmaB / 2));
  }

  static void requireFinite(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number from 0 on, but is " + value);
    }
  }
}
