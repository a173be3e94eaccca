package org.unvanish.internal.stage;

import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.SumKernel;

/** Where the two ways of a residual block part: on the way back their gradients are added. */
final class ForkStage extends Stage {

  private final LaneTensor branchGradient;
  private final LaneTensor skipGradient;
  private final LaneTensor inGradient;

  /**
   * @param branchGradient with respect to the block's input, as it comes out of its layers
   * @param skipGradient as it comes past them
   * @param inGradient receives the sum
   */
  ForkStage(LaneTensor branchGradient, LaneTensor skipGradient, LaneTensor inGradient) {
    this.branchGradient = branchGradient;
    this.skipGradient = skipGradient;
    this.inGradient = inGradient;
  }

  /** Both ways read the same tensor. */
  @Override
  public void forward() {}

  @Override
  public void inputGradient() {
    SumKernel.add(branchGradient, skipGradient, inGradient);
  }
}
