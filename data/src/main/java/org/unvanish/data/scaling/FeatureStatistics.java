package org.unvanish.data.scaling;

import org.unvanish.data.ImageSet;

/**
 * What scaling needs to know of one feature, over all samples and real time steps.
 *
 * @param min the smallest value
 * @param max the largest value
 * @param mean of all values
 * @param deviation the standard deviation, with n in the denominator
 */
record FeatureStatistics(float min, float max, double mean, double deviation) {
  static FeatureStatistics of(ImageSet samples, float[] values, int channel) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    double sum = 0;
    long count = 0;
    for (int sample = 0; sample < samples.count(); sample++) {
      int start = samples.start(sample, channel);
      int end = start + samples.realValues(sample);
      count += end - start;
      for (int i = start; i < end; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
        sum += values[i];
      }
    }
    double n = (double) count;
    double mean = sum / n;
    // A second pass: the mean of the squares would lose features that vary little about much.
    double squares = 0;
    for (int sample = 0; sample < samples.count(); sample++) {
      int start = samples.start(sample, channel);
      int end = start + samples.realValues(sample);
      for (int i = start; i < end; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
    }
    return new FeatureStatistics(min, max, mean, Math.sqrt(squares / n));
  }
}
