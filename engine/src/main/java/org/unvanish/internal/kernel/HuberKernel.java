package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;

import org.unvanish.loss.Huber;
import org.unvanish.loss.TargetTable;

/** Huber's loss. */
public final class HuberKernel extends NumberKernel {

  private final double delta;
  private final float limit;

  /**
   * @param targets of all samples that it will see, one number for each output
   */
  public HuberKernel(Huber loss, int outputs, TargetTable targets) {
    super(outputs, targets);
    this.delta = loss.delta();
    this.limit = (float) loss.delta();
  }

  @Override
  void addDistances(float[] differences, int at, double[] losses) {
    for (int lane = 0; lane < COUNT; lane++) {
      double size = Math.abs(differences[at + lane]);
      double near = Math.min(size, delta);
      // ½·near² and, beyond δ, δ for each further unit.
      losses[lane] += near * near / 2 + delta * (size - near);
    }
  }

  @Override
  void slopes(float[] differences, int at, float factor, float[] gradient, int to) {
    for (int lane = 0; lane < COUNT; lane++) {
      gradient[to + lane] = Math.max(-limit, Math.min(differences[at + lane], limit)) * factor;
    }
  }
}
