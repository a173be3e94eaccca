package org.unvanish.loss;

import java.util.Arrays;

/** How often each class occurs, and the scores that follow from that alone. */
public final class ClassShares {

  private ClassShares() {}

  /** How many samples each class has, up to the last one that has any. */
  static int[] counts(TargetTable labels) {
    int classes = 0;
    for (int i = 0; i < labels.count(); i++) {
      classes = Math.max(classes, (int) labels.value(i, 0) + 1);
    }
    int[] counts = new int[classes];
    for (int i = 0; i < labels.count(); i++) {
      counts[(int) labels.value(i, 0)]++;
    }
    return counts;
  }

  /**
   * The least mean cross-entropy of a constant predictor, in nats: the entropy of the shares.
   *
   * @param counts how many samples each class has
   * @return NaN without samples
   */
  public static double entropy(int[] counts) {
    double samples = sum(counts);
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        entropy -= count / samples * StrictMath.log(count / samples);
      }
    }
    return samples == 0 ? Double.NaN : Math.abs(entropy);
  }

  /**
   * The share of the most frequent class.
   *
   * @param counts how many samples each class has
   * @return in (0, 1]; NaN without samples
   */
  public static double largestShare(int[] counts) {
    return Arrays.stream(counts).max().orElse(0) / sum(counts);
  }

  private static double sum(int[] counts) {
    double sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
