package org.unvanish.report;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Statistics of paired differences. */
final class PairedSample {

  private static final int RESAMPLES = 10_000;
  private static final Quantile QUANTILE =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

  private final double[] differences;

  PairedSample(double[] differences) {
    this.differences = differences.clone();
  }

  double mean() {
    return Arrays.stream(differences).average().orElse(Double.NaN);
  }

  /**
   * The two-sided p value of Wilcoxon's signed-rank test, with Pratt's treatment of zeros.
   *
   * <p>With ties the library approximates by a normal distribution, which promises too much for few
   * pairs; n signs cannot give a p value below 2^(1 − n), so that is the least.
   *
   * @return 1 where no pair differs
   */
  double pValue() {
    if (Arrays.stream(differences).allMatch(d -> d == 0)) {
      return 1;
    }
    double p = WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
    return Math.max(p, Math.scalb(1.0, 1 - differences.length));
  }

  /**
   * The matched-pairs rank-biserial correlation (Kerby 2014): the share of the rank sum that speaks
   * for higher minus the share that speaks for lower, in [−1, 1].
   *
   * @return 0 where no pair differs
   */
  double effect() {
    if (Arrays.stream(differences).allMatch(d -> d == 0)) {
      return 0;
    }
    WilcoxonSignedRankTest test = WilcoxonSignedRankTest.withDefaults();
    double up = test.statistic(differences);
    double down = test.statistic(Arrays.stream(differences).map(d -> -d).toArray());
    return (up - down) / (up + down);
  }

  /** The bootstrap's 95 % percentile interval of the mean difference; the same at every call. */
  Interval interval() {
    if (differences.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    // java.util.Random: the one generator of the JDK whose numbers are specified to the bit.
    Random random = new Random(1);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < differences.length; j++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[i] = sum / differences.length;
    }
    double[] bounds = QUANTILE.evaluate(means, 0.025, 0.975);
    return new Interval(bounds[0], bounds[1]);
  }
}
