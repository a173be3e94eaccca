package org.unvanish.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.unvanish.gradient.GradientStatistics;

/**
 * What is known of a distribution of absolute gradients, as a histogram: its quantiles are the
 * limits of six buckets, which hold 5, 20, 25, 25, 20 and 5 % of the coordinates; where two
 * quantiles are the same, there are fewer. Within a bucket nothing is known, and the smallest value
 * is put down as 0.
 *
 * @param count of coordinates over all steps of an epoch
 * @param sum of their absolute values
 * @param sumOfSquares of the same
 * @param max the largest
 * @param limits of the buckets, which rise: {@code limits[i]} ends bucket i
 * @param counts of the buckets
 */
record Histogram(
    long count,
    double sum,
    double sumOfSquares,
    double max,
    List<Double> limits,
    List<Double> counts) {

  Histogram {
    limits = List.copyOf(limits);
    counts = List.copyOf(counts);
  }

  private static final double[] SHARES = {0.05, 0.20, 0.25, 0.25, 0.20, 0.05};

  /** Nothing where some statistic is not finite. */
  static Optional<Histogram> of(GradientStatistics s) {
    double[] quantiles = {s.q05(), s.q25(), s.q50(), s.q75(), s.q95(), s.maxAbs()};
    double squares = s.rms() * s.rms() * s.count();
    if (!DoubleStream.concat(DoubleStream.of(quantiles), DoubleStream.of(s.meanAbs(), squares))
        .allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    List<Double> limits = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    double above = 0;
    double share = 0;
    for (int i = 0; i < quantiles.length; i++) {
      // Quantiles have an error of a hundredth or two, the largest value has none.
      double limit = Math.min(quantiles[i], s.maxAbs());
      share += SHARES[i];
      // TensorBoard loses what is in a bucket without width: the next one takes it.
      if (limit > above || (i == quantiles.length - 1 && limits.isEmpty())) {
        limits.add(limit);
        counts.add(share * s.count());
        above = limit;
        share = 0;
      }
    }
    if (share > 0) {
      int last = counts.size() - 1;
      counts.set(last, counts.get(last) + share * s.count());
    }
    return Optional.of(
        new Histogram(s.count(), s.meanAbs() * s.count(), squares, s.maxAbs(), limits, counts));
  }

  /** The message {@code HistogramProto}. */
  Protobuf message() {
    return new Protobuf()
        .number(1, 0.0)
        .number(2, max)
        .number(3, (double) count)
        .number(4, sum)
        .number(5, sumOfSquares)
        .numbers(6, limits)
        .numbers(7, counts);
  }
}
