package org.unvanish.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;

class NetworkTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Layer OUTPUT = new Dense(10, false);

  private static List<Integer> sizes(Network network) {
    return network.parameters().stream().map(ParameterTensor::size).toList();
  }

  @Test
  void theNetworkOfThePapersTableOneHasItsWeightCounts() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      layers.add(new SeparableConvolution(3, 3, false));
      layers.add(TANH);
      layers.add(new MaxPooling(2));
    }
    layers.addAll(List.of(new Dense(8, true), TANH, new Dense(10, true)));
    Network network = new Network(IMAGE, layers);
    assertThat(sizes(network)).containsExactly(27, 9, 27, 9, 27, 9, 384, 8, 80, 10);
    assertThat(27 + 9).isEqualTo(36);
    assertThat(network.parameters(9).stream().mapToInt(ParameterTensor::size).sum()).isEqualTo(392);
    assertThat(network.parameters(11).stream().mapToInt(ParameterTensor::size).sum()).isEqualTo(90);
    assertThat(network.parameterCount()).isEqualTo(3 * 36 + 392 + 90);
  }

  @Test
  void theDenseLayersOfThePapersTablesTwoAndThreeHaveTheirWeightCounts() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      layers.add(new Convolution(3, 3, false));
      layers.add(TANH);
      if (i % 3 == 2) {
        layers.add(new MaxPooling(2));
      }
    }
    layers.addAll(List.of(new Dense(8, false), TANH, new Dense(8, false), TANH, OUTPUT));
    assertThat(sizes(new Network(IMAGE, layers)))
        .containsExactly(81, 81, 81, 81, 81, 81, 81, 81, 81, 384, 64, 80);
  }

  @Test
  void parametersHaveNamesShapesOffsetsAndFans() {
    Network network =
        new Network(
            new Shape(2, 6, 4),
            List.of(
                new Convolution(3, 5, true),
                new Activated(Activation.learned(ActivationFunction.TANH, 2)),
                new SeparableConvolution(5, 7, true),
                TANH,
                new AveragePooling(2),
                new Dense(4, true),
                new Activated(Activation.learned(ActivationFunction.ARCTAN, 1)),
                new Dense(3, false)));
    assertThat(network.parameters())
        .containsExactly(
            new ParameterTensor("conv1/weights", Kind.WEIGHTS, List.of(5, 2, 3, 3), 0, 18, 45, 0),
            new ParameterTensor("conv1/bias", Kind.BIAS, List.of(5), 90, 18, 5, 0),
            new ParameterTensor("activation1/alpha", Kind.SCALE, List.of(), 95, 1, 1, 2),
            new ParameterTensor(
                "sepconv2/depthwise", Kind.WEIGHTS, List.of(5, 5, 5), 96, 25, 25, 0),
            new ParameterTensor("sepconv2/pointwise", Kind.WEIGHTS, List.of(7, 5), 221, 5, 7, 0),
            new ParameterTensor("sepconv2/bias", Kind.BIAS, List.of(7), 256, 5, 7, 0),
            new ParameterTensor("dense1/weights", Kind.WEIGHTS, List.of(4, 42), 263, 42, 4, 0),
            new ParameterTensor("dense1/bias", Kind.BIAS, List.of(4), 431, 42, 4, 0),
            new ParameterTensor("activation3/alpha", Kind.SCALE, List.of(), 435, 1, 1, 1),
            new ParameterTensor("dense2/weights", Kind.WEIGHTS, List.of(3, 4), 436, 4, 3, 0));
    assertThat(network.parameterCount()).isEqualTo(448);
    assertThat(network.parameters(4)).isEmpty();
    assertThat(network.parameters(2)).isEqualTo(network.parameters().subList(3, 6));
    assertThat(network.output(0)).isEqualTo(new Shape(5, 6, 4));
    assertThat(network.output(2)).isEqualTo(new Shape(7, 6, 4));
    assertThat(network.output(4)).isEqualTo(new Shape(7, 3, 2));
    assertThat(network.output(7)).isEqualTo(Shape.flat(3));
    assertThat(network.outputs()).isEqualTo(3);
  }

  @Test
  void recurrentLayersHaveParametersForEachDirection() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Network network =
        new Network(
            new Shape(2, 5, 1),
            List.of(
                new SimpleRecurrent(
                    3,
                    Activation.learned(ActivationFunction.TANH, 2),
                    Output.ALL,
                    Direction.FORWARD,
                    true,
                    0),
                new Gru(4, tanh, ActivationFunction.LOGISTIC, Output.ALL, Direction.BOTH, true, 0),
                new Lstm(
                    2,
                    tanh,
                    ActivationFunction.LOGISTIC,
                    Output.LAST,
                    Direction.FORWARD,
                    false,
                    3,
                    1),
                new Dense(2, false)));
    assertThat(network.parameters())
        .containsExactly(
            new ParameterTensor(
                "recurrent1/input-weights", Kind.WEIGHTS, List.of(3, 2), 0, 2, 3, 0),
            new ParameterTensor(
                "recurrent1/recurrent-weights", Kind.RECURRENT, List.of(3, 3), 6, 3, 3, 0),
            new ParameterTensor("recurrent1/bias", Kind.BIAS, List.of(3), 15, 5, 3, 0),
            new ParameterTensor("recurrent1/alpha", Kind.SCALE, List.of(), 18, 1, 1, 2),
            new ParameterTensor("gru1/input-weights", Kind.WEIGHTS, List.of(12, 3), 19, 3, 12, 0),
            new ParameterTensor(
                "gru1/recurrent-weights", Kind.RECURRENT, List.of(12, 4), 55, 4, 12, 0),
            new ParameterTensor("gru1/bias", Kind.BIAS, List.of(12), 103, 7, 12, 0),
            new ParameterTensor("gru1/recurrent-bias", Kind.BIAS, List.of(4), 115, 4, 4, 0),
            new ParameterTensor(
                "gru1/reverse-input-weights", Kind.WEIGHTS, List.of(12, 3), 119, 3, 12, 0),
            new ParameterTensor(
                "gru1/reverse-recurrent-weights", Kind.RECURRENT, List.of(12, 4), 155, 4, 12, 0),
            new ParameterTensor("gru1/reverse-bias", Kind.BIAS, List.of(12), 203, 7, 12, 0),
            new ParameterTensor("gru1/reverse-recurrent-bias", Kind.BIAS, List.of(4), 215, 4, 4, 0),
            new ParameterTensor("lstm1/input-weights", Kind.WEIGHTS, List.of(8, 8), 219, 8, 8, 0),
            new ParameterTensor(
                "lstm1/recurrent-weights", Kind.RECURRENT, List.of(8, 2), 283, 2, 8, 0),
            new ParameterTensor("dense1/weights", Kind.WEIGHTS, List.of(2, 2), 299, 2, 2, 0));
    assertThat(network.output(0)).isEqualTo(new Shape(3, 5, 1));
    assertThat(network.output(1)).isEqualTo(new Shape(8, 5, 1));
    assertThat(network.output(2)).isEqualTo(Shape.flat(2));
    assertThat(network.multiplyAdds()).isEqualTo(5 * (15 + 2 * (36 + 48) + 64 + 16) + 4);
    assertThat(network.activations())
        .containsExactly(Activation.learned(ActivationFunction.TANH, 2), tanh, tanh);
    assertThat(network.scaled(2).activations())
        .containsExactly(
            Activation.learned(ActivationFunction.TANH, 2),
            Activation.scaled(ActivationFunction.TANH, 2),
            Activation.scaled(ActivationFunction.TANH, 2));
  }

  @Test
  void whatIsNoSequenceIsRefusedByRecurrentLayers() {
    Lstm lstm = new Lstm(4, Activation.of(ActivationFunction.TANH));
    assertThatThrownBy(() -> new Network(IMAGE, List.of(lstm)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 1, lstm, reads a sequence (features×steps×1), but 3×32×32 reaches it; images become sequences with \"steps: rows\" or \"steps: pixels\" beside the data");
    assertThatThrownBy(() -> new Network(new Shape(3, 9, 1), List.of(lstm, lstm)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 2, lstm, reads a sequence, but one step of 4 values reaches it; let a recurrent layer before it put out all states, and put dense layers behind it");
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThatThrownBy(() -> new SimpleRecurrent(0, tanh))
        .hasMessage("units must be at least 1, but is 0");
    assertThatThrownBy(() -> new SimpleRecurrent(1, tanh, Output.LAST, Direction.BOTH, true, -1))
        .hasMessage("truncate must be a number of steps, or 0 for all, but is -1");
    assertThatThrownBy(
            () ->
                new Lstm(
                    1,
                    tanh,
                    ActivationFunction.LOGISTIC,
                    Output.LAST,
                    Direction.BOTH,
                    true,
                    0,
                    Double.NaN))
        .hasMessage("forget-bias must be a finite number, but is NaN");
  }

  @Test
  void networksOfTheSameLayersAreEqual() {
    Network one = new Network(IMAGE, List.of(TANH, OUTPUT));
    assertThat(one)
        .isEqualTo(new Network(IMAGE, List.of(TANH, new Dense(10, false))))
        .hasSameHashCodeAs(new Network(IMAGE, List.of(TANH, OUTPUT)))
        .isNotEqualTo(new Network(IMAGE, List.of(OUTPUT)))
        .isNotEqualTo(new Network(new Shape(3, 32, 31), List.of(TANH, OUTPUT)));
  }

  @Test
  void aNetworkWithoutParametersIsRefused() {
    for (List<Layer> layers : List.of(List.<Layer>of(), List.of(TANH, new MaxPooling(2)))) {
      assertThatThrownBy(() -> new Network(IMAGE, layers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the network has no parameters to learn");
    }
  }

  @Test
  void anyLayerMayBeTheLast() {
    assertThat(new Network(IMAGE, List.of(new Dense(1, true), TANH)).outputs()).isEqualTo(1);
    assertThat(new Network(IMAGE, List.of(new Convolution(3, 2, false), TANH)).outputs())
        .isEqualTo(2 * 32 * 32);
  }

  @Test
  void whatFillsNoTileIsLeftOut() {
    assertThat(new MaxPooling(3).output(IMAGE)).isEqualTo(new Shape(3, 10, 10));
    assertThat(new AveragePooling(4).output(new Shape(1, 4, 6))).isEqualTo(new Shape(1, 1, 1));
    assertThat(new MaxPooling(2).output(new Shape(4, 1, 7))).isEqualTo(new Shape(4, 1, 3));
    assertThat(new GlobalAveragePooling().output(IMAGE)).isEqualTo(Shape.flat(3));
  }

  @Test
  void aTileLargerThanTheImageIsRefusedByItsPlace() {
    assertThatThrownBy(() -> new Network(IMAGE, List.of(TANH, new MaxPooling(33), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 2, max pooling by 33, needs 33 rows and columns or more,"
                + " but 3×32×32 reaches it");
    assertThatThrownBy(() -> new Network(Shape.flat(6), List.of(new AveragePooling(4), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 1, average pooling by 4, needs 4 rows and columns or more,"
                + " but 6×1×1 reaches it");
  }

  @Test
  void stridesAndPaddingsDecideTheShape() {
    Shape odd = new Shape(2, 7, 10);
    assertThat(new Convolution(3, 5, false, 2, Padding.SAME).output(odd))
        .isEqualTo(new Shape(5, 4, 5));
    assertThat(new Convolution(4, 5, false, 1, Padding.VALID).output(odd))
        .isEqualTo(new Shape(5, 4, 7));
    assertThat(new SeparableConvolution(2, 5, false, 3, Padding.VALID).output(odd))
        .isEqualTo(new Shape(5, 2, 3));
    Convolution1d signal = new Convolution1d(4, 6, true, 2, Padding.VALID);
    assertThat(signal.output(new Shape(3, 1, 9))).isEqualTo(new Shape(6, 1, 3));
    assertThat(signal.parameters(new Shape(3, 1, 9)).get(0).shape()).containsExactly(6, 3, 4);
    assertThat(signal.parameters(new Shape(3, 1, 9)).get(0).fanIn()).isEqualTo(12);
  }

  @Test
  void aConvolutionThatDoesNotFitIsRefusedByItsPlace() {
    assertThatThrownBy(
            () ->
                new Network(
                    new Shape(1, 3, 8),
                    List.of(new Convolution(4, 2, false, 1, Padding.VALID), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 1, a convolution with a 4×4 kernel and valid padding, needs 4 rows and 4 columns,"
                + " but 1×3×8 reaches it; write a smaller kernel, or \"padding: same\"");
    assertThatThrownBy(
            () ->
                new Network(
                    IMAGE, List.of(new Convolution1d(3, 2, false, 1, Padding.SAME), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 1, a 1-D convolution, needs a signal of one row, but 3×32×32 reaches it;"
                + " write \"conv\" for images");
  }

  @Test
  void aFlatInputIsOneChannelToAOneDimensionalConvolution() {
    Convolution1d layer = new Convolution1d(3, 4, false, 2, Padding.SAME);
    assertThat(layer.output(Shape.flat(9))).isEqualTo(new Shape(4, 1, 5));
    assertThat(layer.parameters(Shape.flat(9)).get(0).shape()).containsExactly(4, 1, 3);
  }

  @Test
  void stridesBelowOneAreRefused() {
    assertThatThrownBy(() -> new Convolution(2, 1, false, 0, Padding.VALID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stride must be at least 1, but is 0");
    assertThatThrownBy(() -> new Convolution1d(0, 1, false, 1, Padding.VALID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a kernel must be at least 1, but is 0");
  }

  @Test
  void aConvolutionAfterADenseLayerIsRefusedByItsPlace() {
    assertThatThrownBy(
            () -> new Network(IMAGE, List.of(OUTPUT, new Convolution(3, 2, false), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 2, a convolution, needs an image, but 10×1×1 reaches it;"
                + " put it before the first dense layer");
    assertThatThrownBy(
            () ->
                new Network(IMAGE, List.of(OUTPUT, new SeparableConvolution(5, 2, false), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 2, a separable convolution, needs an image, but 10×1×1 reaches it;"
                + " put it before the first dense layer");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 4})
  void aKernelWithoutAMiddleIsRefused(int kernel) {
    String message = "a convolution with same padding needs an odd kernel, but it is " + kernel;
    assertThatThrownBy(() -> new Convolution(kernel, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new SeparableConvolution(kernel, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void layersWithoutUnitsAreRefused() {
    assertThatThrownBy(() -> new Convolution(3, 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("filters must be at least 1, but is 0");
    assertThatThrownBy(() -> new SeparableConvolution(3, -1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("filters must be at least 1, but is -1");
    assertThatThrownBy(() -> new Dense(0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("units must be at least 1, but is 0");
    assertThatThrownBy(() -> new MaxPooling(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pooling size must be at least 2, but is 1");
    assertThatThrownBy(() -> new AveragePooling(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pooling size must be at least 2, but is 0");
  }

  @Test
  void aShapeWithoutPixelsIsRefused() {
    assertThatThrownBy(() -> new Shape(3, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a shape needs positive dimensions, but is 3×0×2");
  }

  @Test
  void moreParametersThanAnArrayHoldsAreRefused() {
    List<Layer> huge = List.of(new Dense(1_000_000, false), OUTPUT);
    assertThatThrownBy(() -> new Network(IMAGE, huge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("with dense1/weights the network has more than 2147483647 parameters");
    List<Layer> many = List.of(new Dense(600_000, false), new Dense(1_000, false));
    assertThatThrownBy(() -> new Network(IMAGE, many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("with dense2/weights the network has more than 2147483647 parameters");
  }

  @Test
  void aLayerWhoseSizesNoNumberHoldsIsRefusedByNumber() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    int most = Integer.MAX_VALUE;
    Shape sequence = new Shape(2, 5, 1);
    assertTooLarge(sequence, new Lstm(600_000_000, tanh), "lstm");
    assertTooLarge(sequence, new Gru(1_000_000_000, tanh), "gru");
    assertTooLarge(sequence, new SimpleRecurrent(most, tanh), "recurrent");
    assertTooLarge(
        sequence,
        new SimpleRecurrent(most, tanh, Output.LAST, Direction.BOTH, true, 0),
        "recurrent");
    assertTooLarge(Shape.flat(2), new Embedding(0, 3, most), "embedding");
    assertTooLarge(IMAGE, new Convolution(most, 65_535, true), "conv");
    assertThatThrownBy(
            () ->
                new Network(
                    sequence, List.of(new Residual(List.of(new Lstm(most, tanh)), true), OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 1, residual block, layer 1, lstm, has more values than an array holds");
  }

  private static void assertTooLarge(Shape input, Layer layer, String name) {
    assertThatThrownBy(() -> new Network(input, List.of(layer, OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer 1, " + name + ", has more values than an array holds");
  }

  @Test
  void aShapeOfMoreValuesThanAnArrayHoldsIsRefused() {
    assertThatThrownBy(() -> new Shape(3, 40_000, 40_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a shape of 3×40000×40000 has too many values");
  }
}
