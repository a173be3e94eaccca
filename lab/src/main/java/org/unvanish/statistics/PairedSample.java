package org.unvanish.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Statistics of paired differences.
 *
 * <p>Differences that are equal but for rounding rank as equal: 0.8 − 0.7 and 0.6 − 0.5 are a tie,
 * though a computer finds the one a bit smaller.
 */
public final class PairedSample {

  /** Up to here the library is exact as well. */
  private static final int EXACT = 50;

  /**
   * As a share of the larger value of a pair: far more than rounding adds to a share or a mean, and
   * far less than anything that is measured.
   */
  private static final double ROUNDING = 1e-12;

  private static final Quantile QUANTILE =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

  private final double[] differences;

  /** The same for ranks: those whose sizes differ by rounding only have one size. */
  private final double[] ranked;

  /** Of differences that are exact. */
  public PairedSample(double[] differences) {
    this(differences.clone(), differences.clone());
  }

  private PairedSample(double[] differences, double[] ranked) {
    this.differences = differences;
    this.ranked = ranked;
  }

  /**
   * Of pairs, whose differences are those of the second from the first.
   *
   * @param first finite
   * @param second finite, as many
   */
  public static PairedSample of(double[] first, double[] second) {
    double[] differences = new double[first.length];
    double[] errors = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = second[i] - first[i];
      errors[i] = ROUNDING * Math.max(Math.abs(first[i]), Math.abs(second[i]));
    }
    return new PairedSample(differences, withTies(differences, errors));
  }

  /** Zero where it is within its error, else the size of the next smaller one that is so near. */
  private static double[] withTies(double[] differences, double[] errors) {
    int[] ascending =
        IntStream.range(0, differences.length)
            .filter(i -> Math.abs(differences[i]) > errors[i])
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(differences[i])))
            .mapToInt(i -> i)
            .toArray();
    double[] tied = new double[differences.length];
    double size = 0;
    double before = 0;
    double error = 0;
    for (int i : ascending) {
      double own = Math.abs(differences[i]);
      if (own - before > Math.max(error, errors[i])) {
        size = own;
      }
      tied[i] = Math.copySign(size, differences[i]);
      before = own;
      error = errors[i];
    }
    return tied;
  }

  /** Pairs of which the second is higher. */
  public int higher() {
    return (int) Arrays.stream(ranked).filter(d -> d > 0).count();
  }

  /** Pairs of which the second is lower. */
  public int lower() {
    return (int) Arrays.stream(ranked).filter(d -> d < 0).count();
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
    int signs = higher() + lower();
    if (signs == 0) {
      return 1;
    }
    return signs <= EXACT && !haveDistinctRanks()
        ? new SignedRanks(ranked).pValue()
        : WilcoxonSignedRankTest.withDefaults().test(ranked).getPValue();
  }

  private boolean haveDistinctRanks() {
    double[] sizes = Arrays.stream(ranked).map(Math::abs).distinct().toArray();
    return sizes.length == ranked.length && Arrays.stream(sizes).allMatch(size -> size > 0);
  }

  /**
   * The matched-pairs rank-biserial correlation (Kerby 2014): the share of the rank sum that speaks
   * for higher minus the share that speaks for lower, in [−1, 1].
   *
   * @return 0 where no pair differs
   */
  public double effect() {
    if (higher() + lower() == 0) {
      return 0;
    }
    WilcoxonSignedRankTest test = WilcoxonSignedRankTest.withDefaults();
    double up = test.statistic(ranked);
    double down = test.statistic(Arrays.stream(ranked).map(d -> -d).toArray());
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
