package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Residual;

class ResidualTest {

  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Shape IMAGE = new Shape(2, 4, 3);

  /** Each begins, goes on and ends in other ways; activations in place and apart. */
  private static final class Arrangements {
    private final RandomCases random;

    Arrangements(long seed) {
      this.random = new RandomCases(seed);
    }

    Network network() {
      boolean flat = random.between(0, 1) == 0;
      Shape shape = flat ? Shape.flat(5) : IMAGE;
      List<Layer> layers = new ArrayList<>();
      for (int i = random.between(0, 2); i > 0; i--) {
        layers.add(layer(shape.channels(), flat));
      }
      for (int i = random.between(1, 2); i > 0; i--) {
        layers.add(block(shape.channels(), flat, 0));
        for (int after = random.between(0, 2); after > 0; after--) {
          layers.add(layer(shape.channels(), flat));
        }
      }
      if (!flat && random.between(0, 1) == 0) {
        layers.add(strided());
        layers.add(random.oneOf(TANH, BatchNormalization.DEFAULT, new Convolution(3, 2, true)));
      }
      if (!flat && random.between(0, 1) == 0) {
        // From an image to a flat output, past convolutions.
        layers.add(new Residual(List.of(new Convolution(3, 2, true), new Dense(4, false)), true));
        layers.add(TANH);
      }
      layers.add(new Dense(3, true));
      return new Network(shape, layers);
    }

    /** Keeps the shape. */
    private Residual block(int channels, boolean flat, int depth) {
      List<Layer> layers = new ArrayList<>();
      for (int i = random.between(1, 4); i > 0; i--) {
        boolean nested = depth < 1 && random.between(1, 5) == 1;
        layers.add(nested ? block(channels, flat, depth + 1) : layer(channels, flat));
      }
      return new Residual(layers, random.between(0, 1) == 0);
    }

    /** The way past it has the product of the strides. */
    private Residual strided() {
      int stride = random.between(1, 3);
      return new Residual(
          List.of(
              random.oneOf(
                  new Convolution(3, 4, false, stride, Padding.SAME),
                  new SeparableConvolution(3, 4, true, stride, Padding.SAME)),
              random.oneOf(TANH, BatchNormalization.DEFAULT),
              new Convolution(
                  random.oneOf(1, 3),
                  3,
                  true,
                  stride == 1 ? random.between(1, 3) : 1,
                  Padding.SAME)),
          true);
    }

    private Layer layer(int channels, boolean flat) {
      Layer weights =
          flat
              ? new Dense(channels, random.between(0, 1) == 0)
              : random.oneOf(
                  new Convolution(random.oneOf(1, 3), channels, random.between(0, 1) == 0),
                  new SeparableConvolution(3, channels, random.between(0, 1) == 0));
      return random.oneOf(
          weights,
          weights,
          TANH,
          new Activated(Activation.of(ActivationFunction.ARCTAN)),
          new Activated(Activation.learned(ActivationFunction.LOGISTIC, 2)),
          random.oneOf(TANH, BatchNormalization.DEFAULT));
    }
  }

  @Test
  void everyGradientIsWithinItsBoundInEveryArrangement() {
    Arrangements arrangements = new Arrangements(1);
    RandomCases random = new RandomCases(2);
    int bounded = 0;
    for (int i = 0; i < 200; i++) {
      Network network = arrangements.network();
      Batch batch =
          new Batch(
              network,
              random.values(network, Kind.WEIGHTS, 1),
              random.values(network, Kind.BIAS, 1),
              random.data(network, random.oneOf(3, 16, 17, 33), 1));
      TrainingStep step = batch.byEngine();
      ReferenceNetwork reference = batch.byReference(step.parameters());
      double worst = Batch.worst(step, reference);
      assertThat(worst > 1).as("gradient of %s off by %s bounds", batch, worst).isFalse();
      bounded += Double.isNaN(worst) ? 0 : 1;
    }
    // Behind many normalizations bounds grow beyond all numbers.
    assertThat(bounded).isGreaterThan(150);
  }

  @Test
  void theOraclesGradientsAreTheLimitOfDifferences() {
    Arrangements arrangements = new Arrangements(3);
    RandomCases random = new RandomCases(4);
    for (int i = 0; i < 60; i++) {
      Network network = arrangements.network();
      ImageSet images = random.data(network, 5, 1).train();
      double[] parameters = new double[network.parameterCount()];
      Arrays.setAll(parameters, p -> random.between(-100, 100) / 100.0 + 0.005);
      ReferenceNetwork reference = new ReferenceNetwork(network, parameters);
      Batch.addAll(reference, images, images.count());
      for (int p = 0; p < parameters.length; p += random.between(1, 1 + parameters.length / 8)) {
        double wide = Differences.slope(network, images, parameters, p, 1e-5);
        double close = Differences.slope(network, images, parameters, p, 5e-6);
        assertThat(reference.gradient(p))
            .as("parameter %s of %s", p, network)
            .isCloseTo(close, within(Math.abs(wide - close) + 1e-7 * (1 + Math.abs(close))));
      }
    }
  }

  @Test
  void tensorsAreNamedByTheBlockAndCountedWithinIt() {
    Network network =
        new Network(
            IMAGE,
            List.of(
                new Convolution(3, 2, false),
                new Residual(
                    List.of(
                        new Convolution(3, 4, true),
                        TANH,
                        new Residual(List.of(new Convolution(1, 4, false)), false)),
                    true),
                new Residual(List.of(BatchNormalization.DEFAULT), false),
                new Dense(3, true)));
    assertThat(network.parameters().stream().map(ParameterTensor::name))
        .containsExactly(
            "conv1/weights",
            "residual1/conv1/weights",
            "residual1/conv1/bias",
            "residual1/residual1/conv1/weights",
            "residual1/projection/weights",
            "residual2/batchnorm1/gamma",
            "residual2/batchnorm1/beta",
            "residual2/batchnorm1/mean",
            "residual2/batchnorm1/variance",
            "dense1/weights",
            "dense1/bias");
    assertThat(network.activations()).hasSize(1);
    assertThat(network.scaled(2).activations().get(0).outer()).isEqualTo(2);
    // Twelve pixels times the weights of the convolutions; then the dense layer's.
    assertThat(network.multiplyAdds()).isEqualTo(12 * (36 + 72 + 16 + 8) + 48 * 3);
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheWayOut() {
    assertRefused(
        List.of(new Residual(List.of(new Convolution(3, 4, false)), false)),
        "layer 1, residual block, cannot add what its layers make, 4×4×3, to what reaches it,"
            + " 2×4×3; add projection: true, or let its last layer make as much");
    assertRefused(
        List.of(new Residual(List.of(TANH, new MaxPooling(5)), true)),
        "layer 1, residual block, layer 2, max pooling by 5");
    assertRefused(
        List.of(new Residual(List.of(new Convolution(3, 4, false, 2, Padding.SAME)), false)),
        "layer 1, residual block, cannot add what its layers make, 4×2×2, to what reaches it,"
            + " 2×4×3; add projection: true");
    assertRefused(
        List.of(new Residual(List.of(new Convolution(2, 4, false, 2, Padding.VALID)), true)),
        "layer 1, residual block, has no projection from 2×4×3 to 4×2×1: a 1×1 convolution with"
            + " stride 2 makes 4×2×2; give its convolutions same padding and put pooling outside the"
            + " block, or let its layers end with a dense one");
    assertThat(
            new Residual(
                    List.of(
                        new Convolution(3, 4, false, 2, Padding.SAME),
                        TANH,
                        new SeparableConvolution(3, 7, true, 3, Padding.SAME)),
                    true)
                .projectionOf(new Shape(2, 14, 9)))
        .contains(new Convolution(1, 7, false, 6, Padding.SAME));
    assertThatThrownBy(() -> new Residual(List.of(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a residual block needs layers");
    Layer deep = TANH;
    for (int i = 0; i < Residual.DEEPEST; i++) {
      deep = new Residual(List.of(deep), false);
    }
    Layer deepest = deep;
    assertThatThrownBy(() -> new Residual(List.of(deepest), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 4 residual blocks may stand one in another");
  }

  private static void assertRefused(List<Layer> layers, String message) {
    List<Layer> all = new ArrayList<>(layers);
    all.add(new Dense(3, false));
    assertThatThrownBy(() -> new Network(IMAGE, all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
