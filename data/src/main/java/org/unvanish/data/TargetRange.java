package org.unvanish.data;

/**
 * The range of the targets, over all samples and all numbers of a target.
 *
 * @param least the smallest
 * @param most the largest
 * @param mean of all
 * @param rms the root mean square of all
 * @since 0.1
 */
public record TargetRange(double least, double most, double mean, double rms) {

  static TargetRange of(Targets.Numeric targets) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (int sample = 0; sample < targets.count(); sample++) {
      for (int i = 0; i < targets.width(); i++) {
        double number = targets.number(sample, i);
        least = Math.min(least, number);
        most = Math.max(most, number);
        sum += number;
        squares += number * number;
      }
    }
    double n = (double) targets.count() * targets.width();
    return new TargetRange(least, most, sum / n, Math.sqrt(squares / n));
  }
}
