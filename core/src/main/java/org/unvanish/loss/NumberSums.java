package org.unvanish.loss;

/**
 * The sums from which the scores of predicted numbers come. Behind the sum of the losses stand,
 * over all outputs, the squares of the differences from the targets and their sizes; and for each
 * output its targets and their squares.
 */
public final class NumberSums {

  /** The square root of the mean square of the differences, over outputs and samples. */
  public static final Score RMSE =
      new Score("rmse", "RMSE", "root mean square error", false, Score.Form.NUMBER);

  /** The mean size of the differences, over outputs and samples. */
  public static final Score MAE =
      new Score("mae", "MAE", "mean absolute error", false, Score.Form.NUMBER);

  /**
   * The share of the targets' squared distances from their means that the network explains: 1 where
   * it predicts all of them, 0 where it is no better than these means, and less where it is worse.
   * Of several outputs, the squares are added up before they are divided.
   */
  public static final Score R2 = new Score("r2", "R²", "R²", true, Score.Form.NUMBER);

  /** Squares of the differences, over all outputs. */
  public static final int SQUARES = 1;

  /** Sizes of the differences, over all outputs. */
  public static final int SIZES = 2;

  /** The targets of the first output; their squares follow, and then the next output's. */
  public static final int TARGETS = 3;

  private NumberSums() {}

  /** How many there are. */
  public static int length(int outputs) {
    return TARGETS + 2 * outputs;
  }

  private static int outputs(double[] sums) {
    return (sums.length - TARGETS) / 2;
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
  static double r2(double[] sums, long samples) {
    double squares = 0;
    for (int i = TARGETS; i < sums.length; i += 2) {
      squares += Math.max(0, sums[i + 1] - sums[i] * sums[i] / samples);
    }
    return squares == 0 ? Double.NaN : 1 - sums[SQUARES] / squares;
  }
}
