package org.unvanish.beyond;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.Forecaster;
import org.unvanish.forecast.InputStatistics;
import org.unvanish.probe.GradientProbe;
import org.unvanish.train.Trainer;

/**
 * Forecasts and probes the initial weights of an experiment's arms. They read the same inputs,
 * which are looked at once. Threads may share it.
 */
public final class InitialProbes {

  private final Dataset data;
  private final List<ChannelScaling> scaling;
  private final InputStatistics inputs;

  /**
   * @param experiment whose arms read the data with one scaling, and without embeddings
   * @throws IllegalArgumentException if data and an arm's network do not fit each other, or the
   *     arms scale the data in different ways
   */
  public InitialProbes(Experiment experiment, Dataset data) {
    this.data = data;
    Arm first = experiment.arms().get(0);
    PixelScaling all = first.settings().pixelScaling();
    for (Arm arm : experiment.arms()) {
      if (arm.settings().pixelScaling() != all) {
        throw new IllegalArgumentException(
            "“%s” scales the inputs as “%s” does not".formatted(arm.name(), first.name()));
      }
      Trainer.requireTargets(arm.network(), arm.settings().on(data), data);
      Trainer.requireBatches(
          arm.network(), arm.settings().batchSize(), data.train().count(), data.name());
    }
    this.scaling = all.fit(data.train());
    this.inputs = InputStatistics.of(first.network(), data.train(), scaling);
  }

  /** The forecast of an arm. */
  public Forecast forecast(Arm arm) {
    return Forecaster.forecast(
        arm.network(), arm.settings().weights(), arm.settings().biases(), inputs);
  }

  /** What the initial weights of an arm's seed do. */
  public SeedFactors measure(Arm arm, long seed) {
    GradientProbe probe =
        new GradientProbe(arm.network(), arm.settings().on(data), data.train(), scaling, seed);
    return SeedFactors.of(seed, probe.initial());
  }
}
