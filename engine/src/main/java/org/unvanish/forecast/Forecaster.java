package org.unvanish.forecast;

import java.util.List;
import java.util.OptionalDouble;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;

/** Forecasts what initial weights do to the gradient. */
public final class Forecaster {

  private Forecaster() {}

  /**
   * The forecast of a network.
   *
   * @param weights where weights start
   * @param biases where biases start
   * @param inputs of the data
   * @throws IllegalArgumentException if the initialization does not fit the network
   */
  public static Forecast forecast(
      Network network, Initialization weights, Initialization biases, InputStatistics inputs) {
    return new Forecast(
        List.of(), inputs, Double.NaN, OptionalDouble.empty(), Double.NaN, OptionalDouble.empty());
  }
}
