package org.unvanish.internal.stage;

import java.util.Arrays;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.ParameterTensor;

/** Weights by which a recurrent layer multiplies at each step; their gradient sums over steps. */
final class StepWeights {

  private final ParameterTensor tensor;
  private final DenseKernel kernel;
  private final float[] sums;

  /**
   * @param tensor [output, input]
   */
  StepWeights(ParameterTensor tensor) {
    this.tensor = tensor;
    this.kernel = new DenseKernel(tensor.shape().get(1), tensor.shape().get(0));
    this.sums = new float[kernel.sumsLength()];
  }

  void setParameters(float[] parameters) {
    kernel.setWeights(parameters, tensor.offset());
    Arrays.fill(sums, 0);
  }

  /** Multiplies the first values of one tensor into the first of another. */
  void forward(LaneTensor in, LaneTensor out) {
    kernel.forward(in, out);
  }

  void addGradient(LaneTensor in, LaneTensor outGradient) {
    kernel.addWeightGradient(in, outGradient, sums);
  }

  void inputGradient(LaneTensor outGradient, LaneTensor inGradient) {
    kernel.inputGradient(outGradient, inGradient);
  }

  void collect(float[] gradient) {
    kernel.collectWeightGradient(sums, gradient, tensor.offset());
  }
}
