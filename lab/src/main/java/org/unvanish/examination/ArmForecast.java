package org.unvanish.examination;

import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.ForecastText;
import org.unvanish.forecast.Forecaster;
import org.unvanish.probe.ProbeProgress;

/**
 * What is forecast of an arm before a weight of it is drawn, and what its first seeds do.
 *
 * @param experiment the name of the arm's experiment
 * @param arm what is forecast
 * @param data on what
 * @param forecast of the arm's initial weights
 * @param measured at the initial weights of some seeds, if that was asked for
 */
public record ArmForecast(
    String experiment,
    Arm arm,
    DataDescription data,
    Forecast forecast,
    Optional<MeasuredSeeds> measured) {

  /** Forecasts an arm. */
  public static ArmForecast of(String experiment, Arm arm, Dataset data) {
    return new ArmForecast(
        experiment,
        arm,
        DataDescription.of(data),
        Forecaster.forecast(arm.network(), arm.settings(), data),
        Optional.empty());
  }

  /**
   * The same with the initial weights of some seeds beside it.
   *
   * @param same the data that are forecast on
   * @param seeds how many, at least 1
   * @param progress is told of every mini-batch of every seed
   */
  public ArmForecast measured(Dataset same, int seeds, ProbeProgress progress) {
    return new ArmForecast(
        experiment,
        arm,
        data,
        forecast,
        Optional.of(MeasuredSeeds.measure(arm, same, seeds, progress)));
  }

  /** What becomes of the gradient, and what α can do about it, in a few sentences. */
  public String sentence() {
    return words().conclusion();
  }

  /** What to do, in a few sentences. */
  public String advice() {
    return words().advice();
  }

  /** The forecast in words. */
  public ForecastText words() {
    return new ForecastText(forecast);
  }
}
