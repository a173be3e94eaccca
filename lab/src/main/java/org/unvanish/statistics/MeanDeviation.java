package org.unvanish.statistics;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * Mean and standard deviation of one number over the seeds.
 *
 * @param mean over the seeds in which it is finite; NaN if it is in none
 * @param deviation the standard deviation, with n − 1; NaN of fewer than two
 * @param n in how many seeds it is finite
 */
public record MeanDeviation(double mean, double deviation, int n) {

  /** Of the values that are finite: nothing has no logarithm. */
  public static MeanDeviation of(DoubleStream values) {
    double[] finite = values.filter(Double::isFinite).toArray();
    return new MeanDeviation(
        Mean.of(finite).getAsDouble(),
        finite.length < 2 ? Double.NaN : StandardDeviation.of(finite).getAsDouble(),
        finite.length);
  }

  /** The standard error of the mean; NaN of fewer than two. */
  public double error() {
    return deviation / Math.sqrt(n);
  }
}
