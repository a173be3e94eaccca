package org.unvanish.benchmarks.sidebyside;

import java.util.Arrays;
import java.util.List;

/**
 * The middle of some numbers, and how far they spread.
 *
 * @param median of an even count, the mean of the two in the middle
 * @param lowest of all
 * @param highest of all
 */
record Middle(double median, double lowest, double highest) {

  /**
   * Of these.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Middle of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing has no middle");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Middle(median, sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * The middle of ratios, pair by pair: what two contestants did in the same round.
   *
   * @throws IllegalArgumentException if there are none, or not as many of both
   */
  static Middle ofRatios(List<Double> numerators, List<Double> denominators) {
    if (numerators.size() != denominators.size()) {
      throw new IllegalArgumentException(
          numerators.size() + " and " + denominators.size() + " values make no pairs");
    }
    double[] ratios = new double[numerators.size()];
    Arrays.setAll(ratios, i -> numerators.get(i) / denominators.get(i));
    return of(Arrays.stream(ratios).boxed().toList());
  }
}
