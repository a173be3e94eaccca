package org.unvanish.loss;

/**
 * The sums from which the scores of predicted numbers come. Behind the sum of the losses stand,
 * over all outputs, the squares of the differences from the targets and their sizes; how many
 * samples there are; and for each output the mean of its targets, and the sum of their squared
 * distances from it.
 *
 * <p>Sums of the targets and of their squares would cancel where targets vary little about much. So
 * means and squared distances are put together as Chan, Golub &amp; LeVeque do (Algorithms for
 * computing the sample variance, 1983); they are exact where all targets are the same.
 */
public final class NumberSums {

  /** Squares of the differences, over all outputs. */
  public static final int SQUARES = 1;

  /** Sizes of the differences, over all outputs. */
  public static final int SIZES = 2;

  /** How many samples there are. */
  public static final int SAMPLES = 3;

  /** The mean of the first output's targets; their distances follow, and then the next output's. */
  private static final int MEANS = 4;

  private NumberSums() {}

  /** How many there are. */
  public static int length(int outputs) {
    return MEANS + 2 * outputs;
  }

  private static int outputs(double[] sums) {
    return (sums.length - MEANS) / 2;
  }

  /**
   * Takes in the targets of further samples, which {@link #SAMPLES} does not count yet.
   *
   * @param output whose targets they are, from 0
   * @param samples how many further ones, at least 1
   * @param mean of their targets
   * @param distances the sum of their targets' squared distances from that mean
   */
  public static void addTargets(
      double[] sums, int output, double samples, double mean, double distances) {
    int at = MEANS + 2 * output;
    double before = sums[SAMPLES];
    double share = samples / (before + samples);
    double apart = mean - sums[at];
    sums[at] += apart * share;
    sums[at + 1] += distances + apart * apart * before * share;
  }

  /** Takes in what was gathered of other samples, at least one. */
  static void merge(double[] sums, double[] others) {
    for (int i = 0; i < outputs(sums); i++) {
      int at = MEANS + 2 * i;
      addTargets(sums, i, others[SAMPLES], others[at], others[at + 1]);
    }
    for (int i = 0; i < MEANS; i++) {
      sums[i] += others[i];
    }
  }

  static double rmse(double[] sums, long samples) {
    return Math.sqrt(sums[SQUARES] / samples / outputs(sums));
  }

  static double mae(double[] sums, long samples) {
    return sums[SIZES] / samples / outputs(sums);
  }

  /**
   * 1 less the squares of the differences over those of the targets from their means; NaN where all
   * targets of each output are the same.
   */
  static double r2(double[] sums) {
    double squares = 0;
    for (int i = MEANS; i < sums.length; i += 2) {
      squares += sums[i + 1];
    }
    return squares == 0 ? Double.NaN : 1 - sums[SQUARES] / squares;
  }
}
