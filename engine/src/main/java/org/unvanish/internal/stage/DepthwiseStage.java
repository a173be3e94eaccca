package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.DepthwiseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.ParameterTensor;

/** The depthwise half of a separable convolution. */
public final class DepthwiseStage extends Stage {

  /** Of {@link SeparableConvolution}: this half, then a 1×1 convolution. */
  static final LayerStages<SeparableConvolution> SEPARABLE_CONVOLUTION =
      new LayerStages<>(
          layer -> layer.kernel() / 2, layer -> 0, false, DepthwiseStage::separableConvolution);

  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final ParameterTensor weights;
  private final DepthwiseKernel kernel;
  private final DepthwiseKernel turned;
  private final float[] sums;

  /**
   * @param in with a halo of at least half the kernel
   * @param outGradient likewise
   */
  DepthwiseStage(
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
    this.kernel = new DepthwiseKernel(in, size);
    this.turned = new DepthwiseKernel(outGradient, size);
    this.sums = new float[kernel.sumsLength()];
  }

  private static List<Stage> separableConvolution(
      SeparableConvolution layer, LayerStages.Place place) {
    Shape between = place.input().shape();
    LaneTensor value = place.pass().tensor(between, 0);
    LaneTensor gradient = place.pass().tensor(between, layer.kernel() / 2);
    return List.of(
        new DepthwiseStage(
            place.input(),
            value,
            gradient,
            place.inputGradient(),
            layer.kernel(),
            place.parameters().get(0)),
        new ConvolutionStage(
            value, place.output(), place.outputGradient(), gradient, 1, place.parameters().get(1)));
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    turned.setTurnedWeights(parameters, weights.offset());
    Arrays.fill(sums, 0);
  }

  @Override
  public void forward() {
    for (int row = 0; row < out.shape().rows(); row++) {
      kernel.forward(row, out);
    }
  }

  @Override
  public void addParameterGradients() {
    kernel.addWeightGradient(outGradient, sums);
  }

  @Override
  public void inputGradient() {
    for (int row = 0; row < inGradient.shape().rows(); row++) {
      turned.forward(row, inGradient);
    }
  }

  @Override
  public void collect(float[] gradient) {
    kernel.collectWeightGradient(sums, gradient, weights.offset());
  }
}
