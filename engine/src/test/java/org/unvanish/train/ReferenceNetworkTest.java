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
import org.unvanish.theory.chain.ChainNetwork;

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
          Differences wide = Differences.of(network, images, parameters, p, STEP);
          Differences close = Differences.of(network, images, parameters, p, STEP / 2);
          // The error of the closer difference is a third of the gap to the wider one (Richardson),
          // but for rounding; where a kink lies between, the gap is as large as the jump.
          double rounding = 64 * Math.ulp(1 + Math.abs(reference.loss())) / STEP;
          double tolerance =
              Math.abs(wide.slope() - close.slope()) + kink(function, wide, close) + rounding;
          double gradient = reference.gradient(p);
          assertThat(Math.abs(gradient - close.slope()))
              .as("parameter %s of %s: %s, but %s", p, network, gradient, close.slope())
              .isLessThanOrEqualTo(tolerance);
          compared++;
          narrow += tolerance <= 1e-4 * (1e-3 + Math.abs(gradient)) ? 1 : 0;
        }
      }
    }
    assertThat(compared).isGreaterThan(200);
    assertThat((double) narrow / compared).as("share of sharp comparisons").isGreaterThan(0.9);
  }

  /**
   * The gap misses a kink of a function that lies close beside the point, for either difference
   * then has half of the jump. But the kink bends the loss as much in a half step as in a whole
   * one, which without it bends half as much.
   */
  private static double kink(ActivationFunction function, Differences wide, Differences close) {
    return ChainNetwork.FUNCTIONS.contains(function) ? 0 : Math.abs(2 * close.bend() - wide.bend());
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
}
