package org.unvanish.probe;

import org.jspecify.annotations.Nullable;
import org.unvanish.data.Targets;
import org.unvanish.loss.Loss;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.TargetKind;
import org.unvanish.loss.TargetTable;

/** What remains of a loss where every output is its target, as between probabilities. */
public final class LeastLoss {

  /** A logit whose probability is as good as 0 or 1. */
  private static final double SURE = 50;

  private LeastLoss() {}

  /**
   * The mean loss of perfect outputs; 0 of classes that are not taken as numbers.
   *
   * @param loss as it is computed on the targets
   * @param width how many outputs there are
   * @param samples which samples count
   */
  public static double of(Loss loss, Targets targets, int width, int[] samples) {
    TargetTable numbers = numbers(loss, targets, width);
    if (numbers == null) {
      return 0;
    }
    double[] sums = new double[loss.sums(width)];
    double[] best = new double[width];
    for (int sample : samples) {
      for (int i = 0; i < width; i++) {
        double number = numbers.value(sample, i);
        best[i] = loss.applied() == Loss.OutputFunction.LOGISTIC ? logit(number) : number;
      }
      loss.add(best, targets.of(sample), sums);
    }
    return sums[0] / samples.length;
  }

  /** What the outputs are to be, as numbers; null where they are to tell classes. */
  static @Nullable TargetTable numbers(Loss loss, Targets targets, int width) {
    if (loss instanceof OneHot) {
      return OneHot.numbers(targets, width);
    }
    return targets.kind() == TargetKind.NUMBERS ? targets : null;
  }

  private static double logit(double probability) {
    double logit = StrictMath.log(probability / (1 - probability));
    return Math.max(-SURE, Math.min(logit, SURE));
  }
}
