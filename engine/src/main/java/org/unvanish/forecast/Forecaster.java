package org.unvanish.forecast;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingSettings;

/**
 * Forecasts what initial weights do to the gradient, without drawing any.
 *
 * <p>Forward it follows the mean square of the values from layer to layer, at each place of an
 * image, backward the energy of the gradient: mean-field theory (Poole et al. 2016, Schoenholz et
 * al. 2017), with zeros around an image (Xiao et al. 2018, for whom they wrap around). What narrow
 * layers take of a typical gradient is added as if all values that one weight tensor sums up were
 * independent.
 *
 * @since 0.1
 */
public final class Forecaster {

  private Forecaster() {}

  /**
   * The forecast of a network.
   *
   * @param weights where weights start
   * @param biases where biases start
   * @param inputs of the data
   * @throws IllegalArgumentException if the initialization does not fit the network, or no layer
   *     has weights
   */
  public static Forecast forecast(
      Network network, Initialization weights, Initialization biases, InputStatistics inputs) {
    Values data = Values.of(network.input(), inputs, network.embeddedInputs().size());
    StepRow row = new StepTable(network, weights, biases).row(NetworkPart.of(network), data);
    List<LayerForecast> layers = LayerRows.of(row);
    Outlook outlook = new Outlook(network, layers);
    return new Forecast(
        layers,
        inputs,
        outlook.gradientFactor(),
        outlook.alpha(),
        outlook.alphaGainLog10(),
        outlook.criticalAlpha());
  }

  /**
   * The forecast of a network on data.
   *
   * @param settings how it is trained: where parameters start, and how the data are scaled
   * @throws IllegalArgumentException if data, initialization and network do not fit each other
   */
  public static Forecast forecast(Network network, TrainingSettings settings, Dataset data) {
    Trainer.requireInputs(network, settings, data);
    return forecast(
        network,
        settings.weights(),
        settings.biases(),
        InputStatistics.of(network, data.train(), settings.pixelScaling().fit(data.train())));
  }
}
