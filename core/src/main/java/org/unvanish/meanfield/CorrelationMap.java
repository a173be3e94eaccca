package org.unvanish.meanfield;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * C(c), the correlation of two inputs behind a layer: the c-map of Poole et al. (2016).
 *
 * <p>With f(√q·Z) = Σ f_k·h_k(Z) in normalised Hermite polynomials, E f(u₁)f(u₂) = Σ f_k²·cᵏ
 * (Mehler). The terms behind the last one are taken together, at their mean degree: then C(±1) and
 * C′(1) are exact, and so is all between for functions whose f_k fall quickly.
 */
final class CorrelationMap {

  private static final int TERMS = 300;

  /** Half a wave of the last polynomial is about ⅛ wide. */
  private static final double WIDEST = 0.5;

  /** A rest below that is rounding. */
  private static final double ROUNDING = 1e-14;

  private final double[] terms;
  private final double rest;
  private final double restDegree;

  /** The rest with the signs that its terms have where c is below 0: + of even ones, − of odd. */
  private final double oppositeRest;

  /** σ_b², and the weights' share and the whole of the variance behind the layer. */
  private final double bias;

  private final double weights;
  private final double variance;

  CorrelationMap(VarianceMap map, double q) {
    Activation activation = map.activation();
    ActivationFunction function = activation.function();
    double base = Shape.tractable(function, activation.inner() * activation.inner() * q);
    if (!(base > 0 && base < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("q must be a finite number above 0, but is " + q);
    }
    Moments moments = Moments.of(Activation.of(function), base);
    GaussianNodes nodes = GaussianNodes.of(function, base, WIDEST);
    this.terms = terms(function, nodes);
    double left = moments.meanSquare();
    double leftDegrees = base * moments.derivativeMeanSquare();
    double oppositeLeft = opposite(function, nodes);
    for (int k = 0; k < TERMS; k++) {
      left -= terms[k];
      leftDegrees -= k * terms[k];
      oppositeLeft -= k % 2 == 0 ? terms[k] : -terms[k];
    }
    boolean some = left > ROUNDING * moments.meanSquare();
    this.rest = some ? left : 0;
    this.oppositeRest = some ? oppositeLeft : 0;
    this.restDegree = some ? Math.max(TERMS, leftDegrees / left) : TERMS;
    double gain = map.sigmaW() * activation.outer();
    this.weights = gain * gain;
    this.bias = map.sigmaB() * map.sigmaB();
    this.variance = weights * moments.meanSquare() + bias;
  }

  /** f_k² for k = 0, 1, … */
  private static double[] terms(ActivationFunction function, GaussianNodes nodes) {
    double[] sums = new double[TERMS];
    for (int i = 0; i < nodes.u.length; i++) {
      double right = function.value(nodes.u[i]);
      double left = function.value(-nodes.u[i]);
      double even = nodes.weight[i] * (right + left);
      double odd = nodes.weight[i] * (right - left);
      double z = nodes.z[i];
      double before = 0;
      double h = 1;
      for (int k = 0; k < TERMS; k++) {
        sums[k] += (k % 2 == 0 ? even : odd) * h;
        double next = (z * h - Math.sqrt(k) * before) / Math.sqrt(k + 1);
        before = h;
        h = next;
      }
    }
    for (int k = 0; k < TERMS; k++) {
      sums[k] *= sums[k];
    }
    return sums;
  }

  /** E f(u)f(−u). */
  private static double opposite(ActivationFunction function, GaussianNodes nodes) {
    double sum = 0;
    for (int i = 0; i < nodes.u.length; i++) {
      double u = nodes.u[i];
      sum += 2 * nodes.weight[i] * function.value(u) * function.value(-u);
    }
    return sum;
  }

  private static void requireCorrelation(double c) {
    if (!(c >= -1 && c <= 1)) {
      throw new IllegalArgumentException("a correlation must be from -1 to 1, but is " + c);
    }
  }

  double value(double c) {
    requireCorrelation(c);
    double sum = (c < 0 ? oppositeRest : rest) * StrictMath.pow(Math.abs(c), restDegree);
    double power = 1;
    for (double term : terms) {
      sum += term * power;
      power *= c;
    }
    return (weights * sum + bias) / variance;
  }

  double slope(double c) {
    requireCorrelation(c);
    double ofRest = c < 0 ? -oppositeRest : rest;
    double sum = ofRest * restDegree * StrictMath.pow(Math.abs(c), restDegree - 1);
    double power = 1;
    for (int k = 1; k < TERMS; k++) {
      sum += k * terms[k] * power;
      power *= c;
    }
    return weights * sum / variance;
  }

  /** The stable c* below 1 of a map with C′(1) &gt; 1, which is convex. */
  double fixed() {
    double c = value(0);
    // Newton's steps from below never pass c*, and end in rounding.
    for (int i = 0; i < 200; i++) {
      double next = c + (value(c) - c) / (1 - slope(c));
      if (!(next > c && next < 1)) {
        break;
      }
      c = next;
    }
    return c;
  }
}
