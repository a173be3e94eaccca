package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Softmax cross-entropy, and correct predictions. */
final class TorchCrossEntropy implements TorchLoss {

  private final TorchSamples samples;

  TorchCrossEntropy(TorchSamples samples) {
    this.samples = samples;
  }

  @Override
  public NDArray targets(NDManager manager, int[] order, int from, int batch) {
    return samples.labels(manager, order, from, batch);
  }

  @Override
  public NDArray each(NDArray outputs, NDArray targets) {
    return outputs.logSoftmax(1).gather(targets, 1).neg();
  }

  @Override
  public double[] sums(float[] losses, float[] outputs, int[] order, int from, int batch) {
    return new double[] {TorchLoss.sum(losses), samples.hits(outputs, order, from, batch)};
  }
}
