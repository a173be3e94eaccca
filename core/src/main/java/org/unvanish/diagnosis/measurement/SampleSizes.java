package org.unvanish.diagnosis.measurement;

import java.util.Arrays;

/**
 * How large each sample's gradient is at one place: the decimal logarithm of the root of its sum of
 * squares, −∞ for a sample that has none.
 */
final class SampleSizes {

  private double[] log10 = {};
  private double[] sums = {};

  /** The samples so far. */
  int count() {
    return log10.length;
  }

  /** Of one of them, counted from 0. */
  double log10(int sample) {
    return log10[sample];
  }

  /** Adds the samples of a block whose values were divided by 2^exponent. */
  void add(LayerGradient gradient, int exponent) {
    int from = log10.length;
    log10 = Arrays.copyOf(log10, from + gradient.samples());
    sums = sums.length < gradient.samples() ? new double[gradient.samples()] : sums;
    gradient.sumsOfSquares(sums);
    for (int i = 0; i < gradient.samples(); i++) {
      log10[from + i] =
          sums[i] > 0 && Double.isFinite(sums[i])
              ? StrictMath.log10(sums[i]) / 2 + exponent * ScaledSum.LOG10_OF_2
              : Double.NEGATIVE_INFINITY;
    }
  }

  /** Adds the last samples of another place, which are as large here. */
  void addLast(SampleSizes other, int samples) {
    int from = log10.length;
    log10 = Arrays.copyOf(log10, from + samples);
    System.arraycopy(other.log10, other.log10.length - samples, log10, from, samples);
  }
}
