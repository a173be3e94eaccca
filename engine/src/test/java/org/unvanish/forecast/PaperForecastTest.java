package org.unvanish.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.initialization.Initialization;
import org.unvanish.meanfield.Phase;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.PaperCases;
import org.unvanish.train.TrainingSettings;

/** Forecasts of the paper's networks beside what the probe measures at many seeds. */
class PaperForecastTest {

  private static final int SEEDS = 40;

  private static final Network FIGURE_2 = PaperCases.table2(ActivationFunction.TANH);
  private static final TrainingSettings NARROW =
      PaperCases.settings(PaperCases.NARROW, Penalty.none());
  private static final TrainingSettings WIDE = PaperCases.settings(PaperCases.WIDE, Penalty.none());

  private static Dataset synthetic() {
    return SyntheticImages.draw(1, 1000, 100);
  }

  /** What is left of the gradient in the end, for each seed. */
  private static double[] measured(Network network, TrainingSettings settings, Dataset data) {
    return LongStream.rangeClosed(1, SEEDS)
        .mapToDouble(
            seed -> new GradientProbe(network, settings, data, seed).initial().endToEndLog10())
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }

  private static void assertFigure2(Dataset data) {
    Forecast forecast = Forecaster.forecast(FIGURE_2, NARROW, data);
    double[] measured = measured(FIGURE_2, NARROW, data);
    // A mini-batch lies between the mean over networks and samples, and one typical sample.
    assertThat(mean(measured))
        .isBetween(forecast.typicalLog10() - 0.05, forecast.rmsLog10() + 0.05);
    assertThat(forecast.rmsLog10()).isCloseTo(mean(measured), within(0.1));
    // Of one sample the spread is larger: 0.26 of 1,500 networks.
    assertThat(deviation(measured)).isBetween(0.13, 0.24);
    assertThat(forecast.spreadLog10()).isCloseTo(0.28, within(0.02));
  }

  @Test
  void figure2IsForecastOnSyntheticImages() {
    assertFigure2(synthetic());
  }

  @Test
  void figure2IsForecastOnCifar10() {
    Dataset data = PaperCases.data();
    assumeTrue(data.name().equals(DataCatalog.CIFAR10), "CIFAR-10 is not installed");
    assertFigure2(data);
  }

  /** The design note's section 5: −8.66 of the mean energy, −8.84 of a typical sample. */
  @Test
  void figure2HasTheFactorsOfItsLayersFromTheirSizesAlone() {
    Forecast forecast =
        Forecaster.forecast(
            FIGURE_2, PaperCases.NARROW, PaperCases.NARROW, InputStatistics.ofMeanSquare(0.2867));
    assertThat(forecast.rmsLog10()).isCloseTo(-8.66, within(0.02));
    assertThat(forecast.typicalLog10()).isCloseTo(-8.84, within(0.02));
    assertThat(forecast.phase()).hasValue(Phase.ORDERED);
    // No α can gain more than f′ takes: 0.008 orders of magnitude.
    assertThat(forecast.alphaGainLog10(2)).isCloseTo(0.008, within(0.001));
    assertThat(forecast.alpha()).hasValue(1);
    assertThat(forecast.criticalAlpha()).isEmpty();
  }

  /** A naive factor in front of each layer, with the initial weights kept. */
  @Test
  void theFactorsThatAreForecastMakeFigure2Critical() {
    Dataset data = synthetic();
    Forecast forecast = Forecaster.forecast(FIGURE_2, NARROW, data);
    assertThat(forecast.layers().get(0).criticalFactor()).isCloseTo(3.849, within(0.001));
    List<Layer> layers = new ArrayList<>(FIGURE_2.layers());
    int row = 1;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Activated) {
        double factor = forecast.layers().get(row++).criticalFactor();
        layers.set(i, new Activated(Activation.naive(ActivationFunction.TANH, factor)));
      }
    }
    Network critical = new Network(FIGURE_2.input(), layers);
    assertThat(mean(measured(critical, NARROW, data))).isBetween(-0.5, 0.2);
    assertThat(Forecaster.forecast(critical, NARROW, data).typicalLog10()).isBetween(-0.5, 0.2);
  }

  /** One network explodes in root mean square and vanishes for the typical image. */
  @Test
  void figure3ExplodesInRootMeanSquareAndVanishesTypically() {
    Network network = PaperCases.table3(ActivationFunction.TANH);
    Dataset data = synthetic();
    Forecast forecast = Forecaster.forecast(network, WIDE, data);
    assertThat(forecast.rmsLog10()).isBetween(4.0, 6.0);
    assertThat(forecast.typicalLog10()).isBetween(-6.5, -3.5);
    assertThat(forecast.spreadLog10()).isBetween(4.0, 7.0);
    assertThat(forecast.phase()).hasValue(Phase.CHAOTIC);
    double[] measured = measured(network, WIDE, data);
    assertThat(mean(measured)).isBetween(forecast.typicalLog10(), forecast.rmsLog10());
    assertThat(deviation(measured)).isLessThan(forecast.spreadLog10());
    for (LayerForecast layer : forecast.layers().subList(0, 9)) {
      assertThat(layer.saturatedShare()).as(layer.name()).isBetween(0.88, 0.97);
    }
  }

  @Test
  void figure1IsNearlyAllSaturatedAndVanishesTypically() {
    Network network = PaperCases.table1(ActivationFunction.TANH);
    Forecast forecast = Forecaster.forecast(network, WIDE, synthetic());
    assertThat(forecast.rmsLog10()).isPositive();
    assertThat(forecast.typicalLog10()).isLessThan(-10);
    assertThat(forecast.layers().get(0).saturatedShare()).isGreaterThan(0.97);
    // Biases start at ±10, so that no bound holds, but the convolutions have none.
    assertThat(forecast.layers().get(6).sigmaB()).isCloseTo(10 / Math.sqrt(3), within(1e-12));
    assertThat(forecast.alphaGainLog10()).isNaN();
    assertThat(forecast.criticalAlpha()).isEmpty();
    assertThat(new ForecastText(forecast).conclusion())
        .endsWith(
            "No scale α within a factor of 1000 is critical: it acts where there are biases, and 6"
                + " of 7 layers start without.");
  }

  @Test
  void heKeepsReluCritical() {
    Forecast forecast =
        Forecaster.forecast(
            PaperCases.table3(ActivationFunction.RELU),
            new Initialization.He(),
            new Initialization.Zeros(),
            InputStatistics.ofMeanSquare(0.3));
    assertThat(forecast.phase()).hasValue(Phase.CRITICAL);
    assertThat(forecast.gradientScale()).isInfinite();
    assertThat(forecast.rmsLog10()).isBetween(-0.15, 0.0);
    assertThat(forecast.alphaGainLog10()).isNaN();
  }
}
