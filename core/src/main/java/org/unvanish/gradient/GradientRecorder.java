package org.unvanish.gradient;

import java.util.Arrays;
import java.util.Objects;

/**
 * Gathers {@link GradientStatistics} over a window of steps, in bounded memory.
 *
 * <p>Quantiles come from a histogram of |g| whose bins are the leading bits of the number's binary
 * form: 32 bins an octave over all normal numbers of {@code float}, so that the middle of a bin is
 * within 1/64 of every value in it, whatever its magnitude; below the normal numbers the bins have
 * one width, 2⁻¹³¹. Counts are exact, so recorders can be merged in any order with the same
 * quantiles, and merged sums differ by rounding only. Recording the same numbers in the same calls
 * gives the same bits.
 *
 * <p>A gradient that is not finite is recorded, not refused: it is for the trainer to stop a run
 * that has diverged. One NaN makes the mean, the root mean square and the maximum NaN, an infinite
 * coordinate makes them infinite; in the quantiles both stand above every finite number.
 *
 * <p>Not thread-safe: one recorder belongs to one run.
 */
public final class GradientRecorder {

  /** The default threshold of the vanished share. */
  public static final double DEFAULT_THRESHOLD = 1e-7;

  // Of a float's 32 bits: sign, 8 of exponent, 23 of mantissa, of which 5 are kept.
  private static final int DROPPED_BITS = 18;
  private static final int BINS = 1 << (31 - DROPPED_BITS);
  private static final int MAGNITUDE = 0x7fff_ffff;
  // From this bin on there is nothing finite.
  private static final int INFINITE_BIN =
      Float.floatToRawIntBits(Float.POSITIVE_INFINITY) >>> DROPPED_BITS;

  private final double threshold;
  // Of the smallest float that is not below the threshold.
  private final int thresholdBits;
  private final long[] bins = new long[BINS];
  private long count;
  private long below;
  private double sum;
  private double sumOfSquares;
  private double max;

  /** A recorder with the {@link #DEFAULT_THRESHOLD}. */
  public GradientRecorder() {
    this(DEFAULT_THRESHOLD);
  }

  /**
   * @param threshold a coordinate counts as vanished where |g| is below it; above 0
   * @throws IllegalArgumentException if the threshold is not a finite number above 0
   */
  public GradientRecorder(double threshold) {
    if (!(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "threshold must be a finite number above 0, but is " + threshold);
    }
    this.threshold = threshold;
    float nearest = (float) threshold;
    thresholdBits = Float.floatToRawIntBits(nearest < threshold ? Math.nextUp(nearest) : nearest);
  }

  /**
   * Adds the coordinates {@code gradient[from … to − 1]} of one step.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within the array
   */
  public void record(float[] gradient, int from, int to) {
    Objects.checkFromToIndex(from, to, gradient.length);
    double sumHere = 0;
    double squaresHere = 0;
    int belowHere = 0;
    int largest = 0;
    for (int i = from; i < to; i++) {
      // Magnitudes are compared as bits: the order is the same, and NaN comes last.
      int bits = Float.floatToRawIntBits(gradient[i]) & MAGNITUDE;
      double value = Float.intBitsToFloat(bits);
      sumHere += value;
      squaresHere += value * value;
      // The sign of the difference: a branch would be mispredicted where some have vanished.
      belowHere += (bits - thresholdBits) >>> 31;
      largest = Math.max(largest, bits);
      bins[bits >>> DROPPED_BITS]++;
    }
    count += to - from;
    below += belowHere;
    sum += sumHere;
    sumOfSquares += squaresHere;
    max = Math.max(max, Float.intBitsToFloat(largest));
  }

  /**
   * Adds everything that another recorder holds.
   *
   * @throws IllegalArgumentException if the other one has another threshold
   */
  public void merge(GradientRecorder other) {
    if (other.threshold != threshold) {
      throw new IllegalArgumentException(
          "thresholds differ: " + threshold + " and " + other.threshold);
    }
    for (int i = 0; i < BINS; i++) {
      bins[i] += other.bins[i];
    }
    count += other.count;
    below += other.below;
    sum += other.sum;
    sumOfSquares += other.sumOfSquares;
    max = Math.max(max, other.max);
  }

  /** Forgets everything: the start of a new window. */
  public void clear() {
    Arrays.fill(bins, 0);
    count = 0;
    below = 0;
    sum = 0;
    sumOfSquares = 0;
    max = 0;
  }

  /** The statistics so far; {@link GradientStatistics#EMPTY} if nothing was recorded. */
  public GradientStatistics statistics() {
    if (count == 0) {
      return GradientStatistics.EMPTY;
    }
    return new GradientStatistics(
        count,
        sum / count,
        Math.sqrt(sumOfSquares / count),
        max,
        quantile(0.05),
        quantile(0.25),
        quantile(0.50),
        quantile(0.75),
        quantile(0.95),
        (double) below / count);
  }

  /**
   * The middle of the bin that holds the value of rank ⌊probability·count⌋, counted from 0; at most
   * the largest value.
   */
  private double quantile(double probability) {
    long rank = Math.min(count - 1, (long) (probability * count));
    int bin = 0;
    for (long seen = bins[0]; seen <= rank; seen += bins[bin]) {
      bin++;
    }
    if (bin == 0) {
      return 0;
    }
    if (bin >= INFINITE_BIN) {
      return max;
    }
    double middle = Float.intBitsToFloat((bin << DROPPED_BITS) | (1 << (DROPPED_BITS - 1)));
    // Not Math.min: the largest may be NaN.
    return middle > max ? max : middle;
  }
}
