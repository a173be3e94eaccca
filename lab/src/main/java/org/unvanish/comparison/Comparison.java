package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.statistics.PairedSample;

/**
 * One measure of two arms, paired by seed: the same seed means the same initial weights and
 * shuffles where the networks' shapes agree.
 *
 * @param measure what is compared
 * @param firstArm the name of the one
 * @param secondArm the name of the other
 * @param pairs seeds with which both arms finished and have the measure
 * @param leftOut further such seeds that are in none of these numbers: a magnitude is 0, so there
 *     is no ratio
 * @param higher seeds with which it is higher in the second arm
 * @param lower seeds with which it is lower in the second arm
 * @param first mean in the first arm, over the pairs; NaN without pairs
 * @param second mean in the second arm, over the pairs; NaN without pairs
 * @param difference of the second arm from the first, mean over the pairs; for magnitudes the mean
 *     of the natural logarithms of the ratios. NaN without pairs
 * @param interval of that difference, 95 %, by bootstrap over the seeds
 * @param effect size: matched-pairs rank-biserial correlation in [−1, 1]
 * @param pValue two-sided, of Wilcoxon's signed-rank test; 1 without pairs
 */
public record Comparison(
    RunMeasure measure,
    String firstArm,
    String secondArm,
    int pairs,
    int leftOut,
    int higher,
    int lower,
    double first,
    double second,
    double difference,
    ConfidenceInterval interval,
    double effect,
    double pValue) {

  private static final double LEVEL = 0.05;

  /** Compares two arms by a measure of their finished runs. */
  public static Comparison of(ExperimentResult result, Arm first, Arm second, RunMeasure measure) {
    List<double[]> all = pairs(result, first, second, measure);
    List<double[]> pairs =
        all.stream().filter(pair -> Double.isFinite(difference(pair, measure))).toList();
    PairedSample sample =
        PairedSample.of(
            pairs.stream().mapToDouble(p -> compared(p[0], measure)).toArray(),
            pairs.stream().mapToDouble(p -> compared(p[1], measure)).toArray());
    return new Comparison(
        measure,
        first.name(),
        second.name(),
        pairs.size(),
        all.size() - pairs.size(),
        sample.higher(),
        sample.lower(),
        pairs.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN),
        pairs.stream().mapToDouble(p -> p[1]).average().orElse(Double.NaN),
        sample.mean(),
        sample.interval(),
        sample.effect(),
        sample.pValue());
  }

  private static List<double[]> pairs(
      ExperimentResult result, Arm first, Arm second, RunMeasure measure) {
    List<double[]> pairs = new ArrayList<>();
    for (RunResult a : result.of(first)) {
      for (RunResult b : result.of(second)) {
        if (a.run().seed() == b.run().seed() && a.isFinished() && b.isFinished()) {
          double[] pair = {measure.of(a), measure.of(b)};
          if (Double.isFinite(pair[0]) && Double.isFinite(pair[1])) {
            pairs.add(pair);
          }
        }
      }
    }
    return pairs;
  }

  private static double difference(double[] pair, RunMeasure measure) {
    return compared(pair[1], measure) - compared(pair[0], measure);
  }

  private static double compared(double value, RunMeasure measure) {
    return switch (measure.unit()) {
      case SHARE, NUMBER -> value;
      // Of logarithms, not of the quotient, which may leave the range of numbers.
      case MAGNITUDE, SECONDS -> Math.log(value);
    };
  }

  /**
   * True where the seeds show a direction: all agree, none of them equal, or so many do that
   * Wilcoxon's two-sided p is at most 0.05; and the means have that direction too.
   */
  boolean isClear() {
    boolean agree = Math.max(higher, lower) == pairs || !mayBeChance();
    return higher != lower && agree && Math.signum(second - first) == Math.signum(higher - lower);
  }

  /** Of sentences that count seeds: {@code ; 2 more are left out, with a value of 0}. */
  public String leftOutText() {
    return leftOut == 0
        ? ""
        : "; "
            + leftOut
            + (leftOut == 1 ? " more is" : " more are")
            + " left out, with a value of 0";
  }

  /** True where Wilcoxon's two-sided p is above 0.05: for five seeds or fewer, always. */
  boolean mayBeChance() {
    return pValue > LEVEL;
  }
}
