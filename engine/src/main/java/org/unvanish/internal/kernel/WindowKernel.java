package org.unvanish.internal.kernel;

/**
 * A convolution over a list of taps, as one for each pair of channel and filter or each channel.
 */
public sealed interface WindowKernel permits ConvolutionKernel, DepthwiseKernel {

  /** Floats that {@link #addWeightGradient} needs for its sums. */
  int sumsLength();

  /**
   * Takes over weights for {@link #forward}.
   *
   * @param weights of all channels and filters, each with its kernel in row order
   * @param offset of the first one
   */
  void setWeights(float[] weights, int offset);

  /**
   * Takes over some weights of another convolution, so that {@link #forward} of its output gradient
   * gives its input gradient, or a part of it.
   *
   * @param weights of that convolution
   * @param offset of the first one
   * @param area weights in one of its kernels
   * @param positions of this one's taps in such a kernel
   */
  void setTurnedWeights(float[] weights, int offset, int area, int[] positions);

  /**
   * Computes one row of all filters.
   *
   * @param row of the output
   */
  void forward(int row, LaneTensor out);

  /**
   * Adds a block's weight gradient to sums that stay apart by lane.
   *
   * @param outGradient the gradient with respect to the output
   * @param sums of {@link #sumsLength()}
   */
  void addWeightGradient(LaneTensor outGradient, float[] sums);

  /**
   * Sums the lanes of {@link #addWeightGradient}.
   *
   * @param sums of {@link #sumsLength()}
   * @param gradient receives as many values as there are weights, in their order
   * @param offset of the first one
   */
  void collectWeightGradient(float[] sums, float[] gradient, int offset);
}
