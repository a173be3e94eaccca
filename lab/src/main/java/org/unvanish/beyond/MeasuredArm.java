package org.unvanish.beyond;

import java.util.List;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;
import org.unvanish.experiment.Arm;
import org.unvanish.forecast.Forecast;

/**
 * An arm of {@code depth}: its forecast, and what was measured beside it.
 *
 * @param arm whose name says what it is: {@code 10 layers, σ_w = 1, α = 2}
 * @param forecast of its initial weights
 * @param seeds that were probed, at least one
 */
public record MeasuredArm(Arm arm, Forecast forecast, List<SeedFactors> seeds) {

  private static final String SEPARATOR = ", ";
  private static final String ALPHA = "α = ";

  /** Copies the list. */
  public MeasuredArm {
    seeds = List.copyOf(seeds);
  }

  /** As the experiment names it. */
  public String name() {
    return arm.name();
  }

  /** Layers with weights. */
  public int layers() {
    return Integer.parseInt(name().substring(0, name().indexOf(' ')));
  }

  /** How the weights and biases are drawn: {@code σ_w = 1.2, σ_b = 0.3}. */
  public String setting() {
    return name()
        .substring(
            name().indexOf(SEPARATOR) + SEPARATOR.length(), name().lastIndexOf(SEPARATOR + ALPHA));
  }

  /** The scale: {@code α = 2}. */
  public String alpha() {
    return name().substring(name().lastIndexOf(ALPHA));
  }

  /** Over the seeds. */
  public MeasuredFactors measured() {
    return MeasuredFactors.of(
        seeds,
        SeedFactors::activationLog10,
        SeedFactors::weightsLog10,
        SeedFactors::rmsLog10,
        SeedFactors::typicalLog10);
  }
}
