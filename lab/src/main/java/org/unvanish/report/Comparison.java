package org.unvanish.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.inference.BinomialTest;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;

/**
 * One number of two arms, paired by seed.
 *
 * @param pairs seeds with which both arms have the number
 * @param higher seeds with which it is higher in the second arm
 * @param lower seeds with which it is lower in the second arm
 * @param first mean in the first arm, over the pairs; NaN without pairs
 * @param second mean in the second arm, over the pairs; NaN without pairs
 */
record Comparison(int pairs, int higher, int lower, double first, double second) {

  private static final double LEVEL = 0.05;

  /** Compares two arms by a number of their finished runs; one that is not finite is left out. */
  static Comparison of(
      ExperimentResult result, Arm first, Arm second, ToDoubleFunction<RunResult> number) {
    List<double[]> pairs = new ArrayList<>();
    for (RunResult a : result.of(first)) {
      for (RunResult b : result.of(second)) {
        if (a.run().seed() == b.run().seed() && a.isFinished() && b.isFinished()) {
          double[] pair = {number.applyAsDouble(a), number.applyAsDouble(b)};
          if (Double.isFinite(pair[0]) && Double.isFinite(pair[1])) {
            pairs.add(pair);
          }
        }
      }
    }
    return new Comparison(
        pairs.size(),
        (int) pairs.stream().filter(p -> p[1] > p[0]).count(),
        (int) pairs.stream().filter(p -> p[1] < p[0]).count(),
        pairs.stream().mapToDouble(p -> p[0]).average().orElse(Double.NaN),
        pairs.stream().mapToDouble(p -> p[1]).average().orElse(Double.NaN));
  }

  /**
   * True where the seeds show a direction: all agree, or so many do that the sign test's two-sided
   * p is at most 0.05; and the mean has that direction too.
   */
  boolean isClear() {
    boolean agree = Math.min(higher, lower) == 0 || !mayBeChance();
    return higher != lower && agree && Math.signum(second - first) == Math.signum(higher - lower);
  }

  /** True where the sign test's two-sided p is above 0.05: for five seeds or fewer, always. */
  boolean mayBeChance() {
    return BinomialTest.withDefaults().test(higher + lower, higher, 0.5).getPValue() > LEVEL;
  }
}
