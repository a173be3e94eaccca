package org.unvanish.train;

import org.unvanish.kernel.LaneTensor;
import org.unvanish.kernel.PoolingKernel;

/** Max or average pooling. */
final class PoolingStage extends Stage {

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
  void forward() {
    if (max) {
      kernel.max();
    } else {
      kernel.average();
    }
  }

  @Override
  void inputGradient() {
    if (max) {
      kernel.maxGradient(outGradient, inGradient);
    } else {
      kernel.averageGradient(outGradient, inGradient);
    }
  }
}
