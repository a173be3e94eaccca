package org.unvanish.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Statistics of paired differences. */
public final class PairedSample {

  /** Up to here the library is exact as well. */
  private static final int EXACT = 50;

  private static final Quantile QUANTILE =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

  private final double[] differences;

  public PairedSample(double[] differences) {
    this.differences = differences.clone();
  }

  public double mean() {
    return Arrays.stream(differences).average().orElse(Double.NaN);
  }

  /**
   * The two-sided p value of Wilcoxon's signed-rank test, with Pratt's treatment of zeros: they get
   * ranks, and no sign.
   *
   * <p>Of at most {@value #EXACT} pairs that differ it is exact. The library's is so only where all
   * ranks are distinct; else it approximates by a normal distribution, which promises too much for
   * few pairs.
   *
   * @return 1 where no pair differs
   */
  public double pValue() {
    long signs = Arrays.stream(differences).filter(d -> d != 0).count();
    if (signs == 0) {
      return 1;
    }
    return signs <= EXACT && !haveDistinctRanks()
        ? new SignedRanks(differences).pValue()
        : WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
  }

  private boolean haveDistinctRanks() {
    double[] sizes = Arrays.stream(differences).map(Math::abs).distinct().toArray();
    return sizes.length == differences.length && Arrays.stream(sizes).allMatch(size -> size > 0);
  }

  /**
   * The matched-pairs rank-biserial correlation (Kerby 2014): the share of the rank sum that speaks
   * for higher minus the share that speaks for lower, in [−1, 1].
   *
   * @return 0 where no pair differs
   */
  public double effect() {
    if (Arrays.stream(differences).allMatch(d -> d == 0)) {
      return 0;
    }
    WilcoxonSignedRankTest test = WilcoxonSignedRankTest.withDefaults();
    double up = test.statistic(differences);
    double down = test.statistic(Arrays.stream(differences).map(d -> -d).toArray());
    return (up - down) / (up + down);
  }

  /** The bootstrap's 95 % percentile interval of the mean difference; the same at every call. */
  public ConfidenceInterval interval() {
    if (differences.length == 0) {
      return new ConfidenceInterval(Double.NaN, Double.NaN);
    }
    double[] bounds = QUANTILE.evaluate(Resamples.means(differences), 0.025, 0.975);
    return new ConfidenceInterval(bounds[0], bounds[1]);
  }
}
