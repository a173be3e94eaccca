package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;

import org.unvanish.loss.TargetTable;

/** The mean squared error. */
public final class SquaredErrorKernel extends NumberKernel {

  /**
   * @param targets of all samples that it will see, one number for each output
   */
  public SquaredErrorKernel(int outputs, TargetTable targets) {
    super(outputs, targets);
  }

  @Override
  void addDistances(float[] differences, int at, double[] losses) {
    for (int lane = 0; lane < COUNT; lane++) {
      double difference = differences[at + lane];
      losses[lane] += difference * difference;
    }
  }

  @Override
  void slopes(float[] differences, int at, float factor, float[] gradient, int to) {
    for (int lane = 0; lane < COUNT; lane++) {
      gradient[to + lane] = 2 * differences[at + lane] * factor;
    }
  }
}
