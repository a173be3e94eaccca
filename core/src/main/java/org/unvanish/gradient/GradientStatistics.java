package org.unvanish.gradient;

/**
 * Summary statistics of the absolute values of gradient coordinates over a window of steps.
 *
 * <p>An immutable snapshot of a {@link GradientRecorder}. All numbers describe |g| over all
 * coordinates and all steps of the window together; the mean is therefore also the mean over the
 * steps of each step's mean.
 *
 * @param count coordinates times steps
 * @param meanAbs mean of |g|
 * @param rms square root of the mean of g²
 * @param maxAbs largest |g|
 * @param q05 5 % quantile of |g|: the value of rank ⌊0.05·count⌋, counted from 0. This and the
 *     other quantiles have a relative error of at most 1.6 %; below the smallest normal {@code
 *     float}, 1.2e-38, an absolute error below 3.7e-40
 * @param q25 25 % quantile of |g|
 * @param q50 median of |g|
 * @param q75 75 % quantile of |g|
 * @param q95 95 % quantile of |g|
 * @param vanishedShare share of coordinates with |g| below the recorder's threshold, in [0, 1]
 * @since 0.1
 */
public record GradientStatistics(
    long count,
    double meanAbs,
    double rms,
    double maxAbs,
    double q05,
    double q25,
    double q50,
    double q75,
    double q95,
    double vanishedShare) {

  /** The statistics of no coordinates: all zero. */
  public static final GradientStatistics EMPTY =
      new GradientStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * The statistics of coordinates that are all zero.
   *
   * @param count how many there are
   */
  public static GradientStatistics zeros(long count) {
    return count == 0 ? EMPTY : new GradientStatistics(count, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }
}
