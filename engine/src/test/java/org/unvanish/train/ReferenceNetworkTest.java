package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.ImageSet;
import org.unvanish.initialization.Initializer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor.Kind;

/** The oracle's own gradients against differences of its losses. */
class ReferenceNetworkTest {

  private static final double STEP = 0x1p-12;

  @ParameterizedTest
  @EnumSource
  void gradientsAreTheLimitOfDifferences(ActivationFunction function) {
    RandomCases random = new RandomCases(function.ordinal());
    int compared = 0;
    int narrow = 0;
    for (int i = 0; i < 8; i++) {
      for (Activation activation : random.activations(function)) {
        Network network = random.network(activation);
        ImageSet images = random.data(network, 3, 1).train();
        double[] parameters = parameters(random, network);
        ReferenceNetwork reference = new ReferenceNetwork(network, parameters);
        Batch.addAll(reference, images, images.count());
        for (int p = 0; p < parameters.length; p += random.between(1, 1 + parameters.length / 10)) {
          double wide = difference(network, images, parameters, p, STEP);
          double close = difference(network, images, parameters, p, STEP / 2);
          // The error of the closer difference is a third of the gap to the wider one (Richardson),
          // but for rounding; where a kink lies between, the gap is as large as the jump.
          double rounding = 64 * Math.ulp(1 + Math.abs(reference.loss())) / STEP;
          double tolerance = Math.abs(wide - close) + rounding;
          double gradient = reference.gradient(p);
          if (Math.abs(gradient - close) > tolerance && hasKink(function)) {
            // Both differences may have the kink in their middle: the gradient is of one side.
            tolerance += gapOfSides(network, images, parameters, p);
          }
          assertThat(Math.abs(gradient - close))
              .as("parameter %s of %s: %s, but %s", p, network, gradient, close)
              .isLessThanOrEqualTo(tolerance);
          compared++;
          narrow += tolerance <= 1e-4 * (1e-3 + Math.abs(gradient)) ? 1 : 0;
        }
      }
    }
    assertThat(compared).isGreaterThan(200);
    assertThat((double) narrow / compared).as("share of sharp comparisons").isGreaterThan(0.9);
  }

  private static boolean hasKink(ActivationFunction function) {
    return switch (function) {
      case RELU, LEAKY_RELU, HARD_TANH, HARD_SIGMOID, PENALISED_TANH, SELU -> true;
      default -> false;
    };
  }

  private static double gapOfSides(Network network, ImageSet images, double[] parameters, int p) {
    double half = STEP / 2;
    double here = loss(network, images, parameters, p, 0);
    double right = (loss(network, images, parameters, p, half) - here) / half;
    double left = (here - loss(network, images, parameters, p, -half)) / half;
    return Math.abs(right - left);
  }

  private static double[] parameters(RandomCases random, Network network) {
    float[] drawn =
        Initializer.draw(
            network,
            random.values(network, Kind.WEIGHTS, 1),
            random.values(network, Kind.BIAS, 1),
            1);
    return Batch.toDouble(drawn);
  }

  private static double difference(
      Network network, ImageSet images, double[] parameters, int p, double step) {
    return (loss(network, images, parameters, p, step)
            - loss(network, images, parameters, p, -step))
        / (2 * step);
  }

  private static double loss(
      Network network, ImageSet images, double[] parameters, int p, double step) {
    double[] moved = parameters.clone();
    moved[p] += step;
    ReferenceNetwork reference = new ReferenceNetwork(network, moved);
    Batch.addAll(reference, images, images.count());
    return reference.loss() / images.count();
  }
}
