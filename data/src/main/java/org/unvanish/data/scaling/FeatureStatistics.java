package org.unvanish.data.scaling;

import org.unvanish.data.ImageSet;

/**
 * What scaling needs to know of one feature.
 *
 * @param min the smallest value
 * @param max the largest value
 * @param mean of all values
 * @param deviation the standard deviation, with n in the denominator
 */
record FeatureStatistics(float min, float max, double mean, double deviation) {
  static FeatureStatistics of(ImageSet samples, float[] values, int channel) {
    int area = samples.shape().rows() * samples.shape().columns();
    int size = samples.shape().size();
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    double sum = 0;
    for (int sample = 0; sample < samples.count(); sample++) {
      int start = sample * size + channel * area;
      for (int i = start; i < start + area; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
        sum += values[i];
      }
    }
    double n = (double) samples.count() * area;
    double mean = sum / n;
    // A second pass: the mean of the squares would lose features that vary little about much.
    double squares = 0;
    for (int sample = 0; sample < samples.count(); sample++) {
      int start = sample * size + channel * area;
      for (int i = start; i < start + area; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
    }
    return new FeatureStatistics(min, max, mean, Math.sqrt(squares / n));
  }
}
