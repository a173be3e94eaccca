package org.unvanish.activation;

/** Where the slopes of functions jump, so that finite differences are none of them. */
final class Kinks {

  private Kinks() {}

  static boolean isNear(ActivationFunction function, double z, double distance) {
    double at =
        switch (function) {
          case HARD_TANH -> 1;
          case HARD_SIGMOID -> 3;
          case RELU, LEAKY_RELU, PENALISED_TANH, SELU, ELU -> 0;
          default -> Double.POSITIVE_INFINITY;
        };
    return Math.abs(Math.abs(z) - at) < distance;
  }
}
