package org.unvanish.train;

import java.util.Arrays;
import org.unvanish.kernel.ConvolutionKernel;
import org.unvanish.kernel.LaneTensor;
import org.unvanish.network.ParameterTensor;

/** A convolution, or the pointwise half of a separable one. */
final class ConvolutionStage extends Stage {

  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final ParameterTensor weights;
  private final ConvolutionKernel kernel;
  private final ConvolutionKernel turned;
  private final float[] sums;

  /**
   * @param in with a halo of at least half the kernel
   * @param outGradient likewise
   */
  ConvolutionStage(
      LaneTensor in,
      LaneTensor out,
      LaneTensor outGradient,
      LaneTensor inGradient,
      int size,
      ParameterTensor weights) {
    this.out = out;
    this.outGradient = outGradient;
    this.inGradient = inGradient;
    this.weights = weights;
    this.kernel = new ConvolutionKernel(in, size, out.shape().channels());
    this.turned = new ConvolutionKernel(outGradient, size, in.shape().channels());
    this.sums = new float[kernel.sumsLength()];
  }

  @Override
  void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    turned.setTurnedWeights(parameters, weights.offset());
    Arrays.fill(sums, 0);
  }

  @Override
  void forward() {
    for (int row = 0; row < out.shape().rows(); row++) {
      kernel.forward(row, out);
    }
  }

  @Override
  void addParameterGradients() {
    kernel.addWeightGradient(outGradient, sums);
  }

  @Override
  void inputGradient() {
    for (int row = 0; row < inGradient.shape().rows(); row++) {
      turned.forward(row, inGradient);
    }
  }

  @Override
  void collect(float[] gradient) {
    kernel.collectWeightGradient(sums, gradient, weights.offset());
  }
}
