package org.unvanish.meanfield;

import org.unvanish.activation.ActivationFunction;

/** What a quadrature has to know of a base function. */
final class Shape {

  private static final double[] SMOOTH = {};
  private static final double[] AT_ZERO = {0};
  private static final double[] AT_ONE = {1};
  private static final double[] AT_THREE = {3};

  /**
   * From this variance on all Gaussian means of the sine are those of a uniform angle, to e⁻²⁰⁰:
   * the wave of frequency k counts e^(−k²q/2).
   */
  private static final double UNIFORM_ANGLE = 400;

  private Shape() {}

  /** Where f, f′ or f″ jumps: the magnitudes, for both signs. */
  static double[] kinks(ActivationFunction function) {
    return switch (function) {
      case RELU, LEAKY_RELU, ELU, SELU, PENALISED_TANH -> AT_ZERO;
      case HARD_TANH -> AT_ONE;
      case HARD_SIGMOID -> AT_THREE;
      case TANH,
          LOGISTIC,
          LOG_SIGMOID,
          ARCTAN,
          SOFTPLUS,
          IDENTITY,
          ERF,
          LECUN_TANH,
          GELU,
          SILU,
          SINE ->
          SMOOTH;
      // |z| is in it.
      case SOFTSIGN -> AT_ZERO;
    };
  }

  /** The widest panel, in pre-activations: a wave needs several of them, others one. */
  static double widest(ActivationFunction function) {
    return function == ActivationFunction.SINE ? Math.PI : Double.POSITIVE_INFINITY;
  }

  /** A variance at which the function has the same Gaussian means, and where they can be made. */
  static double tractable(ActivationFunction function, double q) {
    return function == ActivationFunction.SINE ? Math.min(q, UNIFORM_ANGLE) : q;
  }
}
