package org.unvanish.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.Unvanish;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.initialization.Initialization;
import org.unvanish.meanfield.CriticalLine;
import org.unvanish.meanfield.Phase;
import org.unvanish.meanfield.TypicalFactor;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.probe.PaperCases;

class ForecastTest {

  private static final InputStatistics INPUTS = InputStatistics.ofMeanSquare(1);

  private static Network stack(Activation activation, boolean bias, int depth, int width) {
    NetworkBuilder builder = Network.builder(Shape.flat(width));
    for (int i = 1; i < depth; i++) {
      builder.layer(new Dense(width, bias)).layer(new Activated(activation));
    }
    return builder.layer(new Dense(width, bias)).build();
  }

  private static Forecast of(Network network, double sigmaW, double sigmaB) {
    Initialization biases =
        sigmaB == 0 ? new Initialization.Zeros() : new Initialization.Normal(sigmaB);
    return Forecaster.forecast(network, new Initialization.LeCun(sigmaW), biases, INPUTS);
  }

  /** The table of the design note's section 2, at 300 layers. */
  @Test
  void aDeepStackIsThatOfTheTheory() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Activation two = Activation.scaled(ActivationFunction.TANH, 2);
    assertThat(of(stack(tanh, false, 300, 100), 0.8, 0).rmsLog10()).isCloseTo(-29.26, within(0.01));
    assertThat(of(stack(two, false, 300, 100), 0.8, 0).rmsLog10()).isCloseTo(-29.10, within(0.01));
    assertThat(of(stack(tanh, false, 300, 100), 1, 0).rmsLog10()).isCloseTo(-1.31, within(0.01));
    assertThat(of(stack(two, false, 300, 100), 1.5, 0).rmsLog10()).isCloseTo(8.52, within(0.01));
    assertThat(of(stack(tanh, true, 300, 100), 1.2, 0.3).rmsLog10()).isCloseTo(-9.20, within(0.01));
    assertThat(of(stack(two, true, 300, 100), 1.2, 0.3).rmsLog10()).isCloseTo(-1.83, within(0.01));
  }

  @Test
  void withBiasesThereIsACriticalAlpha() {
    Forecast forecast =
        of(stack(Activation.scaled(ActivationFunction.TANH, 2), true, 5, 50), 1.2, 0.3);
    assertThat(forecast.phase()).hasValue(Phase.ORDERED);
    assertThat(forecast.alpha()).hasValue(2);
    assertThat(forecast.criticalAlpha().orElseThrow()).isCloseTo(2.850, within(0.001));
    assertThat(forecast.alphaGainLog10(2)).isNaN();
    LayerForecast layer = forecast.layers().get(2);
    assertThat(layer.sigmaW()).isCloseTo(1.2, within(1e-12));
    assertThat(layer.sigmaB()).isCloseTo(0.15, within(1e-12));
    double line = new CriticalLine(ActivationFunction.TANH).sigmaW(0.15).orElseThrow();
    // At a width of 50 a typical gradient needs one part in a hundred more.
    assertThat(layer.criticalFactor()).isCloseTo(line / 1.2 * 1.01, within(0.002));
  }

  @Test
  void withoutBiasesAlphaGainsAtMostItselfAndWhatTheSlopesTake() {
    Network network = stack(Activation.of(ActivationFunction.TANH), false, 10, 100);
    Forecast forecast = of(network, 1, 0);
    assertThat(forecast.alphaGainLog10(2)).isCloseTo(Math.log10(2), within(1e-12));
    for (double alpha : new double[] {1.5, 2, 8, 100}) {
      double gained = of(network.scaled(alpha), 1, 0).rmsLog10() - forecast.rmsLog10();
      assertThat(gained).isPositive().isLessThanOrEqualTo(forecast.alphaGainLog10(alpha));
    }
    assertThat(forecast.criticalAlpha()).isEmpty();
  }

  @Test
  void naiveFactorsMoveAStackToTheRightAndDynamicScalesBoth() {
    Network naive = stack(Activation.naive(ActivationFunction.TANH, 3), true, 4, 50);
    LayerForecast layer = of(naive, 0.5, 0.2).layers().get(1);
    assertThat(layer.sigmaW()).isCloseTo(1.5, within(1e-12));
    assertThat(layer.sigmaB()).isCloseTo(0.2, within(1e-12));
    Network dynamic = stack(Activation.dynamic(ActivationFunction.TANH, 3), true, 4, 50);
    layer = of(dynamic, 0.5, 0.2).layers().get(1);
    assertThat(layer.sigmaW()).isCloseTo(1.5, within(1e-12));
    assertThat(layer.sigmaB()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void orthogonalWeightsHaveNoSpreadOfTheirOwn() {
    Network linear = stack(Activation.of(ActivationFunction.IDENTITY), false, 5, 20);
    Forecast forecast =
        Forecaster.forecast(
            linear, new Initialization.Orthogonal(1), new Initialization.Zeros(), INPUTS);
    assertThat(forecast.typicalLog10()).isCloseTo(0, within(1e-9));
    assertThat(forecast.spreadLog10()).isCloseTo(0, within(1e-9));
    assertThat(of(linear, 1, 0).spreadLog10()).isGreaterThan(0.1);
  }

  @Test
  void normalizationHasNoCriticalFactorAndNoPhase() {
    Network network =
        new Network(
            Shape.flat(50),
            List.of(
                new Dense(50, true),
                LayerNormalization.DEFAULT,
                new Activated(Activation.of(ActivationFunction.TANH)),
                new Dense(50, true),
                new Dense(3, true)));
    Forecast forecast = of(network, 1, 0);
    assertThat(forecast.isComplete()).isTrue();
    assertThat(forecast.layers().get(1).criticalFactor()).isNaN();
    assertThat(forecast.phase()).isEmpty();
    assertThat(forecast.alpha()).isEmpty();
  }

  @Test
  void whatTheoryLacksIsSaidByLayer() {
    Network network =
        new Network(
            Shape.flat(20),
            List.of(
                new Dense(20, true),
                BatchNormalization.DEFAULT,
                new Dense(10, true),
                new Softmax(),
                new Dense(3, true),
                new Softmax()));
    Forecast forecast = of(network, 1, 0.1);
    assertThat(forecast.missing()).containsExactly("dense1", "dense2");
    assertThat(forecast.layers().get(0).notForecast())
        .singleElement()
        .asString()
        .contains("correlation between samples");
    assertThat(forecast.layers().get(1).notForecast())
        .containsExactly("Theory does not cover a softmax inside a network.");
    assertThat(forecast.layers().get(2).notForecast()).isEmpty();
    assertThat(forecast.explain())
        .startsWith(
            "There is no forecast of the whole network, because theory does not cover dense1, dense2.\n")
        .contains("\nRun unvanish diagnose to measure what theory does not cover.\n")
        .doesNotContain("NaN")
        .contains("  not forecast: Theory does not cover a softmax inside a network.\n");
  }

  @Test
  void whyNoScaleIsToldIsSaid() {
    assertThat(told(stack(Activation.of(ActivationFunction.TANH), true, 5, 50), 0.9, 0.3))
        .endsWith(
            "No scale α within a factor of 1000 is critical: with these biases the layers stay ordered.");
    assertThat(told(stack(Activation.of(ActivationFunction.RELU), true, 5, 50), 1, 0.3))
        .endsWith("A scale α changes nothing: α·f(z/α) is f(z) for relu.");
    assertThat(told(stack(Activation.of(ActivationFunction.GELU), false, 5, 50), 1, 0))
        .endsWith("Theory has no bound on what a scale α can gain with gelu.");
    assertThat(told(stack(Activation.naive(ActivationFunction.TANH, 2), false, 5, 50), 1, 0))
        .endsWith(
            "What α does is not forecast: that needs one α for all activations, no naive factors, no"
                + " normalization, no residual blocks.");
    assertThat(told(stack(Activation.of(ActivationFunction.TANH), true, 1, 50), 1, 0.3))
        .doesNotContain("α");
  }

  private static String told(Network network, double sigmaW, double sigmaB) {
    return new ForecastText(of(network, sigmaW, sigmaB)).conclusion();
  }

  @Test
  void whatNoDoubleHoldsIsForecast() {
    Forecast vanishing =
        Forecaster.forecast(
            stack(Activation.of(ActivationFunction.TANH), false, 41, 100),
            new Initialization.Normal(1e-6),
            new Initialization.Zeros(),
            INPUTS);
    // σ_w is 10⁻⁵, and the slopes are 1 but for the first of them.
    assertThat(vanishing.rmsLog10()).isCloseTo(-200, within(0.01));
    double narrow = 40 * TypicalFactor.linear(100).mean() / (2 * Math.log(10));
    assertThat(vanishing.typicalLog10()).isCloseTo(-200 + narrow, within(0.01));
    Forecast exploding =
        Forecaster.forecast(
            stack(Activation.of(ActivationFunction.RELU), false, 51, 100),
            new Initialization.Normal(1000),
            new Initialization.Zeros(),
            new InputStatistics(1, MeanProducts.flat(0.5)));
    assertThat(exploding.rmsLog10()).isCloseTo(50 * Math.log10(5e7) / 2, within(1e-9));
    assertThat(exploding.layers()).allMatch(layer -> Double.isFinite(layer.typicalLog10()));
  }

  @Test
  void inputsOfZeroAreForecastThroughAllThatLooksAtTheirSizes() {
    Network network =
        new Network(
            new Shape(2, 8, 8),
            List.of(
                new Convolution(3, 4, false),
                new Activated(Activation.of(ActivationFunction.TANH)),
                new MaxPooling(2),
                new Convolution(3, 4, true),
                BatchNormalization.DEFAULT,
                new Activated(Activation.of(ActivationFunction.LOGISTIC)),
                new AveragePooling(2),
                new Residual(List.of(new Dense(16, true)), true),
                new Dense(3, true)));
    InputStatistics zeros =
        new InputStatistics(0, new MeanProducts(List.of(0.0, 0.0, 0.0), 0, 0, 0));
    for (Initialization weights : List.of(new Initialization.LeCun(1), new Initialization.Lsuv())) {
      Forecast forecast = Forecaster.forecast(network, weights, new Initialization.Zeros(), zeros);
      assertThat(forecast.rmsLog10()).as("%s", weights).isFinite();
      assertThat(forecast.layers().get(0).variance()).isZero();
    }
  }

  @Test
  void asManyValuesAreGivenAsThereAreParameters() {
    Network network = stack(Activation.of(ActivationFunction.TANH), true, 2, 2);
    Initialization weights = new Initialization.Given(List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f));
    Initialization zeros = new Initialization.Zeros();
    assertThat(Forecaster.forecast(network, weights, zeros, INPUTS).isComplete()).isTrue();
    for (int count : new int[] {3, 9}) {
      Initialization other = new Initialization.Given(Collections.nCopies(count, 1f));
      assertThatThrownBy(() -> Forecaster.forecast(network, other, zeros, INPUTS))
          .hasMessage(count + " initial values are given for 8 parameters of kind WEIGHTS");
      assertThatThrownBy(() -> Forecaster.forecast(network, weights, other, INPUTS))
          .hasMessage(count + " initial values are given for 4 parameters of kind BIAS");
    }
  }

  @Test
  void aNetworkWithoutWeightsIsRefused() {
    Network network = new Network(Shape.flat(5), List.of(LayerNormalization.DEFAULT));
    assertThatThrownBy(() -> of(network, 1, 0))
        .hasMessage("a network needs a layer with weights to be forecast");
  }

  @Test
  void theLibraryForecastsInOneLine() {
    Network network = PaperCases.table3(ActivationFunction.TANH);
    Forecast forecast = Unvanish.forecast(network, PaperCases.data());
    assertThat(forecast.isComplete()).isTrue();
    assertThat(forecast.explain())
        .startsWith("At the initial weights the backpropagated gradient ")
        .contains(" orders of magnitude.\n")
        .contains("\nconv1: f′ ")
        .containsPattern("saturated, critical factor [0-9.]+\n$");
  }
}
