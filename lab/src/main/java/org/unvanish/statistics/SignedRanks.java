package org.unvanish.statistics;

import java.util.Arrays;

/**
 * The exact distribution of Wilcoxon's signed-rank statistic where differences are equal or zero
 * (Pratt 1959): if chance chose the sign of each difference that is not zero.
 *
 * <p>Ranks count twice, so that those which ties share are whole numbers.
 */
public final class SignedRanks {

  private final int[] ranks;
  private final int higher;

  /**
   * @param differences finite; ranked by their absolute values, zeros among them
   */
  public SignedRanks(double[] differences) {
    double[] signed = Arrays.stream(differences).filter(d -> d != 0).toArray();
    ranks = Arrays.stream(signed).mapToInt(d -> rank(d, differences)).toArray();
    int sum = 0;
    for (int i = 0; i < signed.length; i++) {
      sum += signed[i] > 0 ? ranks[i] : 0;
    }
    higher = sum;
  }

  private static int rank(double difference, double[] all) {
    double size = Math.abs(difference);
    int smaller = 0;
    int equal = 0;
    for (double other : all) {
      smaller += Math.abs(other) < size ? 1 : 0;
      equal += Math.abs(other) == size ? 1 : 0;
    }
    return 2 * smaller + equal + 1;
  }

  /** Two-sided: how likely the rank sum of the higher ones is as far from its mean as it is. */
  public double pValue() {
    double[] chances = chances();
    int all = chances.length - 1;
    int extreme = Math.abs(2 * higher - all);
    double p = 0;
    for (int sum = 0; sum <= all; sum++) {
      p += Math.abs(2 * sum - all) >= extreme ? chances[sum] : 0;
    }
    return Math.min(1, p);
  }

  /** How likely each rank sum is. */
  private double[] chances() {
    double[] chances = new double[Arrays.stream(ranks).sum() + 1];
    chances[0] = 1;
    int most = 0;
    for (int rank : ranks) {
      most += rank;
      for (int sum = most; sum >= 0; sum--) {
        double with = sum >= rank ? chances[sum - rank] : 0;
        chances[sum] = (chances[sum] + with) / 2;
      }
    }
    return chances;
  }
}
