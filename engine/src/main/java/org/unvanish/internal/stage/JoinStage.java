package org.unvanish.internal.stage;

import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.SumKernel;

/** Where the two ways of a residual block meet: values are added, and both get the gradient. */
final class JoinStage extends Stage {

  private final LaneNetwork.LaidOut branch;
  private final LaneTensor skip;
  private final LaneTensor skipGradient;
  private final LaneTensor out;
  private final LaneTensor outGradient;

  /**
   * @param branch the last of the block's layers
   * @param skip what comes past them
   * @param skipGradient receives the gradient with respect to that; may be the output's own
   */
  JoinStage(
      LaneNetwork.LaidOut branch,
      LaneTensor skip,
      LaneTensor skipGradient,
      LaneTensor out,
      LaneTensor outGradient) {
    this.branch = branch;
    this.skip = skip;
    this.skipGradient = skipGradient;
    this.out = out;
    this.outGradient = outGradient;
  }

  @Override
  public void forward() {
    SumKernel.add(branch.output(), skip, out);
  }

  /** Copies, as an activation at the end of a way turns its gradient in place. */
  @Override
  public void inputGradient() {
    outGradient.copyTo(branch.outputGradient());
    if (skipGradient != outGradient) {
      outGradient.copyTo(skipGradient);
    }
  }
}
