package org.unvanish.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.data.Shape;
import org.unvanish.initialization.ExpectedValues;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Embedding;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Softmax;

/** Whatever kind a sealed type permits, a forecast knows it, or says that it does not. */
class EveryKindForecastTest {

  static List<Layer> layers() {
    return Kinds.of(Layer.class);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerIsForecastOrSaidNotToBe(Layer layer) {
    boolean first = layer instanceof Embedding;
    Shape input = Kinds.input(layer);
    List<Layer> all =
        first
            ? List.of(layer, new Dense(4, true), new Dense(3, true))
            : input.isFlat()
                ? List.of(new Dense(input.size(), false), layer, new Dense(3, true))
                : List.of(firstOf(input), layer, new Dense(3, true));
    Network network = new Network(input, all);
    Forecast forecast =
        Forecaster.forecast(
            network,
            new Initialization.He(),
            new Initialization.Zeros(),
            new InputStatistics(0.3, new MeanProducts(List.of(0.1), 0.1, 0.1, 0.1)));
    boolean covered = !(layer instanceof Softmax || layer instanceof Recurrent);
    assertThat(forecast.isComplete()).isEqualTo(covered);
    assertThat(forecast.layers().stream().allMatch(row -> row.notForecast().isEmpty()))
        .isEqualTo(covered);
    assertThat(Double.isNaN(forecast.rmsLog10())).isEqualTo(!covered);
    assertThat(forecast.layers().get(0).name())
        .isEqualTo(
            NetworkPart.of(network).stream()
                .filter(part -> part.layer().role() == Layer.Role.WEIGHTS)
                .findFirst()
                .orElseThrow()
                .name());
  }

  /** Weights that put out what the layer reads. */
  private static Layer firstOf(Shape input) {
    return new Convolution(1, input.channels(), false);
  }

  static List<Initialization> initializations() {
    return Kinds.of(Initialization.class).stream()
        .filter(values -> !values.isWhole() && values.count().isEmpty())
        .toList();
  }

  private static final Network NETWORK =
      new Network(
          new Shape(8, 6, 6),
          List.of(
              new Convolution(3, 40, true),
              new SeparableConvolution(3, 60, true),
              new Dense(30, true),
              new Dense(200, true)));

  @ParameterizedTest
  @MethodSource("initializations")
  void anInitializationHasTheMeanSquareThatIsExpectedOfIt(Initialization values) {
    float[] drawn = Initializer.draw(NETWORK, values, values, 3);
    for (ParameterTensor tensor : NETWORK.parameters()) {
      if (tensor.kind() == Kind.WEIGHTS) {
        double measured = meanSquare(drawn, tensor);
        double expected = values.expected(tensor, 0).meanSquare();
        assertThat(measured)
            .as(tensor.name())
            .isCloseTo(expected, within(expected * 5 / Math.sqrt(tensor.size())));
      }
    }
  }

  private static double meanSquare(float[] parameters, ParameterTensor tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += (double) parameters[i] * parameters[i];
    }
    return sum / tensor.size();
  }

  @Test
  void givenValuesAreLookedAtWhereTheyStand() {
    Network network = new Network(Shape.flat(2), List.of(new Dense(1, true), new Dense(2, true)));
    Initialization weights = new Initialization.Given(List.of(1f, 3f, 2f, 4f));
    Initialization biases = new Initialization.Given(List.of(0.5f, 1f, 2f));
    Forecast forecast =
        Forecaster.forecast(network, weights, biases, InputStatistics.ofMeanSquare(1));
    assertThat(forecast.layers().get(0).sigmaW()).isCloseTo(Math.sqrt(5 * 2), within(1e-12));
    assertThat(forecast.layers().get(1).sigmaW()).isCloseTo(Math.sqrt(10), within(1e-12));
    assertThat(forecast.layers().get(0).sigmaB()).isEqualTo(0.5);
    assertThat(forecast.layers().get(1).sigmaB()).isCloseTo(Math.sqrt(2.5), within(1e-12));
    assertThat(forecast.layers().get(1).approximated()).hasSize(1);
    assertThat(weights.expected(network.parameters().get(0), 0).form())
        .isEqualTo(ExpectedValues.Form.GIVEN);
  }
}
