package org.unvanish.djl;

/** The root mean square of many arrays together. */
final class MeanSquare {

  private double sum;
  private long count;

  void add(float[] values) {
    for (float value : values) {
      sum += (double) value * value;
    }
    count += values.length;
  }

  /** 0 if nothing was added. */
  double root() {
    return Math.sqrt(sum / Math.max(1, count));
  }
}
