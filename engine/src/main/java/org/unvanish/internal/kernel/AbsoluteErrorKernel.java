package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;

import org.unvanish.loss.TargetTable;

/** The mean absolute error. */
public final class AbsoluteErrorKernel extends NumberKernel {

  /**
   * @param targets of all samples that it will see, one number for each output
   */
  public AbsoluteErrorKernel(int outputs, TargetTable targets) {
    super(outputs, targets);
  }

  @Override
  void addDistances(float[] differences, int at, double[] losses) {
    for (int lane = 0; lane < COUNT; lane++) {
      losses[lane] += Math.abs(differences[at + lane]);
    }
  }

  @Override
  void slopes(float[] differences, int at, float factor, float[] gradient, int to) {
    for (int lane = 0; lane < COUNT; lane++) {
      gradient[to + lane] = Math.signum(differences[at + lane]) * factor;
    }
  }
}
