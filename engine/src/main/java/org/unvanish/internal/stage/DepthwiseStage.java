package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.ConvolutionKernel;
import org.unvanish.internal.kernel.DepthwiseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.ParameterTensor;

/** The depthwise half of a separable convolution with stride 1 and same padding. */
public final class DepthwiseStage extends Stage {

  /** Of {@link SeparableConvolution}: this half, then a 1×1 convolution. */
  static final LayerStages<SeparableConvolution> SEPARABLE_CONVOLUTION =
      new LayerStages<>(
          WindowStage::padding, layer -> 0, false, DepthwiseStage::separableConvolution);

  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final ParameterTensor weights;
  private final DepthwiseKernel kernel;
  private final DepthwiseKernel turned;
  private final int[] halfTurn;
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
    this.halfTurn = ConvolutionKernel.halfTurn(size * size);
    this.sums = new float[kernel.sumsLength()];
  }

  private static List<Stage> separableConvolution(
      SeparableConvolution layer, LayerStages.Place place) {
    Shape read = place.input().shape();
    Shape written = place.output().shape();
    Shape between = new Shape(read.channels(), written.rows(), written.columns());
    LaneTensor value = place.pass().tensor(between, 0);
    LaneTensor gradient = place.pass().tensor(between, WindowStage.padding(layer));
    ParameterTensor weights = place.parameters().get(0);
    Stage depthwise =
        WindowStage.isUsual(layer)
            ? new DepthwiseStage(
                place.input(), value, gradient, place.inputGradient(), layer.kernel(), weights)
            : WindowStage.depthwise(
                layer,
                place.pass(),
                place.input(),
                value,
                gradient,
                place.inputGradient(),
                weights);
    return List.of(
        depthwise,
        new ConvolutionStage(
            value, place.output(), place.outputGradient(), gradient, 1, place.parameters().get(1)));
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    turned.setTurnedWeights(parameters, weights.offset(), halfTurn.length, halfTurn);
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
