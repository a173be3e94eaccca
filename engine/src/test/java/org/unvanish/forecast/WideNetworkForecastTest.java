package org.unvanish.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Residual;
import org.unvanish.train.TrainingSettings;

/**
 * Forecasts of wide networks beside what the probe measures of drawn ones, layer by layer.
 *
 * <p>Widths of about a hundred leave some hundredths of an order of magnitude; that is the
 * tolerance, beside three standard errors over the seeds.
 */
class WideNetworkForecastTest {

  private static final int SEEDS = 4;
  private static final double TOLERANCE = 0.035;

  private static final Initialization WEIGHTS = new Initialization.LeCun(1.5);
  private static final Initialization BIASES = new Initialization.Normal(0.3);
  private static final Dataset DATA = WideNetworks.images(WideNetworks.IMAGE, 0.3, 0.3);

  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Layer RELU = new Activated(Activation.of(ActivationFunction.RELU));
  private static final Layer BATCH = BatchNormalization.DEFAULT;
  private static final Layer OUTPUT = new Dense(10, true);

  private static Layer conv(int filters) {
    return new Convolution(3, filters, true);
  }

  private static Layer dense() {
    return new Dense(150, true);
  }

  @ParameterizedTest
  @EnumSource
  void anyFunction(ActivationFunction function) {
    Layer activated = new Activated(Activation.of(function));
    assertAgrees(DATA, PixelScaling.UNIT, WEIGHTS, dense(), activated, dense(), activated, OUTPUT);
  }

  static Stream<Arguments> kinds() {
    Layer block = new Residual(List.of(conv(24), TANH, conv(24)), false);
    Layer projected =
        new Residual(List.of(conv(32), RELU, new Convolution(3, 32, true, 2, Padding.SAME)), true);
    return Stream.of(
        arguments(
            "scales",
            List.of(
                dense(),
                new Activated(Activation.scaled(ActivationFunction.TANH, 2)),
                dense(),
                new Activated(Activation.naive(ActivationFunction.ARCTAN, 2)),
                dense(),
                new Activated(Activation.learned(ActivationFunction.TANH, 0.5)),
                dense(),
                new Activated(Activation.dynamic(ActivationFunction.TANH, 2)))),
        arguments("convolutions", List.of(conv(32), TANH, conv(32), TANH)),
        arguments(
            "stride and valid padding",
            List.of(
                new Convolution(3, 32, true, 2, Padding.SAME),
                TANH,
                new Convolution(2, 64, true, 1, Padding.VALID),
                TANH)),
        arguments(
            "separable convolutions",
            List.of(conv(48), TANH, new SeparableConvolution(3, 64, true), TANH)),
        arguments(
            "max pooling of tanh", List.of(conv(48), TANH, new MaxPooling(2), conv(48), TANH)),
        arguments("max pooling of relu", List.of(conv(48), RELU, new MaxPooling(2), dense(), TANH)),
        arguments(
            "max pooling before relu", List.of(conv(48), new MaxPooling(2), RELU, dense(), TANH)),
        arguments(
            "average pooling",
            List.of(conv(48), TANH, new AveragePooling(2), conv(48), RELU, conv(48), TANH)),
        arguments(
            "global pooling", List.of(conv(96), TANH, new GlobalAveragePooling(), dense(), TANH)),
        arguments(
            "dropout", List.of(dense(), TANH, new Dropout(0.3), dense(), TANH, new Dropout(0.5))),
        arguments("block", List.of(conv(24), TANH, block, conv(24), TANH)),
        arguments("block with projection", List.of(conv(24), TANH, projected, RELU)),
        arguments(
            "layer normalization",
            List.of(dense(), LayerNormalization.DEFAULT, TANH, dense(), TANH)),
        arguments(
            "group normalization",
            List.of(conv(48), new GroupNormalization(4, 1e-5), TANH, conv(48), TANH)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void anyLayer(String name, List<Layer> layers) {
    List<Layer> all = new ArrayList<>(layers);
    all.add(OUTPUT);
    assertAgrees(DATA, PixelScaling.STANDARDISED, WEIGHTS, all.toArray(Layer[]::new));
  }

  @ParameterizedTest
  @MethodSource("initializations")
  void anyInitialization(Initialization weights) {
    assertAgrees(
        DATA,
        PixelScaling.STANDARDISED,
        weights,
        new Dense(200, false),
        TANH,
        new Dense(100, false),
        TANH,
        new Dense(150, false),
        TANH,
        new Dense(10, false));
  }

  static List<Initialization> initializations() {
    return List.of(
        new Initialization.Uniform(0.2),
        new Initialization.Normal(0.05),
        new Initialization.Glorot(),
        new Initialization.He(),
        new Initialization.LeCun(1.5),
        new Initialization.Orthogonal(1.5),
        new Initialization.Lsuv());
  }

  /**
   * What samples have in common is no variance, so the gradient grows by more than the signal has
   * shrunk: 1.21-fold a layer of relu, ½·log₁₀ of π/(π − 1), and with biases a little less.
   */
  @ParameterizedTest
  @EnumSource(
      value = ActivationFunction.class,
      names = {"RELU", "TANH"})
  void batchNormalizationExplodes(ActivationFunction function) {
    Layer activated = new Activated(Activation.of(function));
    Network network =
        WideNetworks.network(
            WideNetworks.IMAGE,
            dense(),
            BATCH,
            activated,
            dense(),
            BATCH,
            activated,
            dense(),
            BATCH,
            activated,
            OUTPUT);
    TrainingSettings settings =
        WideNetworks.settings(WEIGHTS, new Initialization.Zeros(), PixelScaling.STANDARDISED);
    Forecast forecast = Forecaster.forecast(network, settings, DATA);
    List<WideNetworks.Row> measured = WideNetworks.measured(network, settings, DATA, SEEDS);
    double expected =
        function == ActivationFunction.RELU ? Math.log10(Math.PI / (Math.PI - 1)) / 2 : 0.0355;
    for (int i = 1; i < 3; i++) {
      LayerForecast layer = forecast.layers().get(i);
      assertThat(layer.rmsLog10()).as(layer.name()).isCloseTo(expected, within(0.001));
      assertAgrees(layer, measured.get(i));
    }
  }

  private static void assertAgrees(
      Dataset data, PixelScaling scaling, Initialization weights, Layer... layers) {
    Network network = WideNetworks.network(data.train().shape(), layers);
    TrainingSettings settings = WideNetworks.settings(weights, BIASES, scaling);
    Forecast forecast = Forecaster.forecast(network, settings, data);
    List<WideNetworks.Row> measured = WideNetworks.measured(network, settings, data, SEEDS);
    assertThat(forecast.layers()).hasSameSizeAs(measured);
    for (int i = 0; i < measured.size(); i++) {
      assertAgrees(forecast.layers().get(i), measured.get(i));
    }
  }

  private static void assertAgrees(LayerForecast forecast, WideNetworks.Row measured) {
    assertThat(forecast.name()).isEqualTo(measured.name());
    double allowed = TOLERANCE + 3 * measured.error();
    assertThat(forecast.activationLog10())
        .as("%s, f′, q = %s", forecast.name(), forecast.variance())
        .isCloseTo(measured.activation(), within(allowed));
    assertThat(forecast.weightsLog10())
        .as("%s, weights", forecast.name())
        .isCloseTo(measured.weights(), within(allowed));
  }
}
