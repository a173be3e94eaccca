package org.unvanish.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Mean and quartiles of one metric over the seeds.
 *
 * <p>Quartiles interpolate linearly between the order statistics at position (n − 1)·p (Hyndman
 * &amp; Fan 1996, definition 7), which is the default of NumPy and R.
 *
 * @param mean over the seeds
 * @param q25 25 % quantile over the seeds
 * @param q75 75 % quantile over the seeds
 * @param n how many seeds, at least 1
 */
public record Spread(double mean, double q25, double q75, int n) {

  private static final Quantile QUANTILE =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

  /**
   * The spread of the values that are finite, or nothing where none is: a loss may overflow on the
   * test data although its run goes on.
   */
  public static Optional<Spread> of(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return Optional.empty();
    }
    double[] quartiles = QUANTILE.evaluate(finite.clone(), 0.25, 0.75);
    return Optional.of(
        new Spread(Mean.of(finite).getAsDouble(), quartiles[0], quartiles[1], finite.length));
  }
}
