package org.unvanish.internal.stage;

import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.PoolingKernel;

/** Max or average pooling. */
public final class PoolingStage extends Stage {

  private final boolean max;
  private final PoolingKernel kernel;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;

  /**
   * @param max true for the maximum, false for the mean
   */
  PoolingStage(
      LaneTensor in,
      LaneTensor out,
      LaneTensor outGradient,
      LaneTensor inGradient,
      int size,
      boolean max) {
    this.max = max;
    this.kernel = new PoolingKernel(in, size, out);
    this.outGradient = outGradient;
    this.inGradient = inGradient;
  }

  @Override
  public void forward() {
    if (max) {
      kernel.max();
    } else {
      kernel.average();
    }
  }

  @Override
  public void inputGradient() {
    if (max) {
      kernel.maxGradient(outGradient, inGradient);
    } else {
      kernel.averageGradient(outGradient, inGradient);
    }
  }
}
