package org.unvanish.diagnosis.measurement;

import java.util.stream.DoubleStream;

/** The middle of numbers, among which −∞ may be. */
final class Median {

  private Median() {}

  /** Of an even number of them the mean of the two in the middle; NaN if there is none. */
  static double of(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
