package org.unvanish.loss;

/**
 * The targets of some samples, all at once: for each a class number, or its numbers.
 *
 * @since 0.1
 */
public interface TargetTable {

  /** The number of samples. */
  int count();

  /** How many numbers each target has: 1 where it is a class number. */
  int width();

  /**
   * One number of a target.
   *
   * @param sample from 0
   * @param index from 0 to the width, exclusive
   */
  double value(int sample, int index);

  /** The numbers of one target. */
  default double[] of(int sample) {
    double[] target = new double[width()];
    for (int i = 0; i < target.length; i++) {
      target[i] = value(sample, i);
    }
    return target;
  }

  /** Those of some samples, in the order of the given numbers; nothing is copied. */
  default TargetTable of(int[] samples) {
    TargetTable all = this;
    return new TargetTable() {
      @Override
      public int count() {
        return samples.length;
      }

      @Override
      public int width() {
        return all.width();
      }

      @Override
      public double value(int sample, int index) {
        return all.value(samples[sample], index);
      }
    };
  }
}
