package org.unvanish.gradient;

/**
 * Gathers {@link GradientStatistics} over a window of steps, in bounded memory.
 *
 * <p>Quantiles come from a histogram of |g| whose bins are the leading bits of the number's binary
 * form: 32 bins an octave over the whole range of {@code float}, so a bin is at most 1/32 wide
 * relative to its value, whatever its magnitude. Counts are exact, so recorders can be merged in
 * any order with the same quantiles, and merged sums differ by rounding only.
 *
 * <p>Not thread-safe: one recorder belongs to one run.
 */
public final class GradientRecorder {

  /** The default threshold of the vanished share. */
  public static final double DEFAULT_THRESHOLD = 1e-7;

  // Of a float's 32 bits: sign, 8 of exponent, 23 of mantissa, of which 5 are kept.
  private static final int DROPPED_BITS = 18;
  private static final int BINS = 1 << (31 - DROPPED_BITS);

  private final double threshold;
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
  }

  /**
   * Adds the coordinates {@code gradient[from … to − 1]} of one step.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within the array
   */
  public void record(float[] gradient, int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, gradient.length);
    double sumHere = 0;
    double squaresHere = 0;
    float maxHere = 0;
    int belowHere = 0;
    float limit = (float) threshold;
    for (int i = from; i < to; i++) {
      float abs = Math.abs(gradient[i]);
      sumHere += abs;
      squaresHere += (double) abs * abs;
      maxHere = Math.max(maxHere, abs);
      belowHere += abs < limit ? 1 : 0;
      bins[Float.floatToRawIntBits(abs) >>> DROPPED_BITS]++;
    }
    count += to - from;
    below += belowHere;
    sum += sumHere;
    sumOfSquares += squaresHere;
    max = Math.max(max, maxHere);
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
    java.util.Arrays.fill(bins, 0);
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

  /** The middle of the bin that holds the value of the given rank, at most the largest value. */
  private double quantile(double probability) {
    long rank = Math.min(count - 1, (long) (probability * count));
    long seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += bins[bin];
      if (seen > rank) {
        double lower = Float.intBitsToFloat(bin << DROPPED_BITS);
        if (bin == 0 || !Double.isFinite(lower)) {
          return lower;
        }
        double upper = Float.intBitsToFloat((bin + 1) << DROPPED_BITS);
        return Math.min(max, (lower + upper) / 2);
      }
    }
    throw new AssertionError("the bins hold " + seen + " of " + count + " values");
  }
}
