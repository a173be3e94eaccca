package org.unvanish.train;

/**
 * What a {@link ComputeBackend} finds for one batch. The arrays are its own.
 *
 * @param sums over the samples, from which the loss's scores come; the loss itself, without the
 *     penalty, comes first
 * @param data the gradient of the mean loss, in the network's order
 * @param penalty the gradient of the penalty; all 0 if there is none
 * @param total their sum
 */
// Arrays, not lists, as in TrainingStep.
@SuppressWarnings("ArrayRecordComponent")
public record BatchGradients(double[] sums, float[] data, float[] penalty, float[] total) {

  /** The sum of the samples' losses, without the penalty. */
  public double loss() {
    return sums[0];
  }
}
