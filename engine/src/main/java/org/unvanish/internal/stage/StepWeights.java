package org.unvanish.internal.stage;

import java.util.Arrays;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.StepGradientKernel;
import org.unvanish.network.ParameterTensor;

/** Weights by which a recurrent layer multiplies at each step; their gradient sums over steps. */
final class StepWeights {

  private final ParameterTensor tensor;
  private final DenseKernel kernel;
  private final StepGradientKernel gradientKernel;
  private final float[] sums;

  /**
   * @param tensor [output, input]
   * @param steps at most
   */
  StepWeights(ParameterTensor tensor, int steps) {
    this.tensor = tensor;
    int outputs = tensor.shape().get(0);
    int inputs = tensor.shape().get(1);
    this.kernel = new DenseKernel(inputs, outputs);
    this.gradientKernel = new StepGradientKernel(inputs, outputs, steps);
    this.sums = new float[gradientKernel.sumsLength()];
  }

  void setParameters(float[] parameters) {
    kernel.setWeights(parameters, tensor.offset());
    Arrays.fill(sums, 0);
  }

  /** Multiplies the first values of one tensor into the first of another. */
  void forward(LaneTensor in, LaneTensor out) {
    kernel.forward(in, out);
  }

  /** Likewise, and adds the product to what is there. */
  void addForward(LaneTensor in, LaneTensor out) {
    kernel.addForward(in, out);
  }

  /**
   * Adds the gradient of all steps.
   *
   * @param in of each step, what was multiplied
   * @param outGradients of each step
   */
  void addGradient(LaneTensor[] in, LaneTensor[] outGradients, int steps) {
    gradientKernel.add(in, outGradients, steps, sums);
  }

  void inputGradient(LaneTensor outGradient, LaneTensor inGradient) {
    kernel.inputGradient(outGradient, inGradient);
  }

  void collect(float[] gradient) {
    System.arraycopy(sums, 0, gradient, tensor.offset(), sums.length);
  }
}
