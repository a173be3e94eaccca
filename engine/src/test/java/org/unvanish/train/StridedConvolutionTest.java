package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.MaxPooling;

/** Convolutions that bring their own padding, where a batch's blocks are kept and where not. */
class StridedConvolutionTest {

  /** A layer and an input that it fits. */
  record Case(Shape input, Convolutional layer) {}

  static List<Case> cases() {
    Shape wide = new Shape(4, 11, 37);
    Shape signal = new Shape(2, 1, 70);
    return List.of(
        new Case(wide, new Convolution(3, 7, true, 2, Padding.SAME)),
        new Case(wide, new Convolution(3, 4, false, 1, Padding.VALID)),
        new Case(wide, new Convolution(6, 3, true, 1, Padding.VALID)),
        new Case(wide, new Convolution(4, 5, true, 3, Padding.VALID)),
        new Case(wide, new Convolution(2, 5, true, 4, Padding.VALID)),
        new Case(wide, new Convolution(1, 5, true, 2, Padding.SAME)),
        new Case(wide, new SeparableConvolution(3, 5, true, 2, Padding.SAME)),
        new Case(wide, new SeparableConvolution(2, 5, true, 1, Padding.VALID)),
        new Case(signal, new Convolution1d(3, 6, true, 1, Padding.SAME)),
        new Case(signal, new Convolution1d(9, 4, true, 2, Padding.SAME)),
        new Case(signal, new Convolution1d(6, 4, true, 5, Padding.VALID)),
        new Case(Shape.flat(50), new Convolution1d(5, 4, true, 2, Padding.SAME)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheOracle(Case c) {
    compare(c, new MaxPooling(2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheOracleWhereBlocksAreKept(Case c) {
    compare(c, new BatchNormalization(1e-3, 0.1));
  }

  private static void compare(Case c, Layer behind) {
    RandomCases random = new RandomCases(7);
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    // What stands in front asks for the gradient with respect to the input.
    Layer front =
        c.input().columns() == 1
            ? new Dense(c.input().size(), true)
            : new Convolution(1, c.input().channels(), true);
    Network network =
        new Network(c.input(), List.of(front, tanh, c.layer(), behind, tanh, new Dense(3, true)));
    Batch batch =
        new Batch(
            network,
            random.values(network, Kind.WEIGHTS, 1),
            random.values(network, Kind.BIAS, 1),
            random.data(network, 37, 1));
    TrainingStep step = batch.byEngine();
    assertThat(Batch.worst(step, batch.byReference(step.parameters()))).isLessThanOrEqualTo(1);
  }
}
