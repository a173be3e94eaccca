package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.List;
import org.unvanish.internal.kernel.ConvolutionKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.ParameterTensor;

/** A convolution with stride 1 and same padding, or the pointwise half of a separable one. */
public final class ConvolutionStage extends Stage {

  /** Of {@link Convolution}. */
  static final LayerStages<Convolution> CONVOLUTION =
      new LayerStages<>(
          WindowStage::padding,
          WindowStage::padding,
          false,
          (layer, place) -> List.of(stage(layer, place)));

  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final ParameterTensor weights;
  private final ConvolutionKernel kernel;
  private final ConvolutionKernel turned;
  private final int[] halfTurn;
  private final float[] sums;

  /** Whether there are sums that nobody has collected: the kernel leaves zeros behind. */
  private boolean hasSums;

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
    this.halfTurn = ConvolutionKernel.halfTurn(size * size);
    this.sums = new float[kernel.sumsLength()];
  }

  private static Stage stage(Convolution layer, LayerStages.Place place) {
    ParameterTensor weights = place.parameters().get(0);
    return WindowStage.isUsual(layer)
        ? new ConvolutionStage(
            place.input(),
            place.output(),
            place.outputGradient(),
            place.inputGradient(),
            layer.kernel(),
            weights)
        : WindowStage.convolution(
            layer,
            place.pass(),
            place.input(),
            place.output(),
            place.outputGradient(),
            place.inputGradient(),
            weights);
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    turned.setTurnedWeights(parameters, weights.offset(), halfTurn.length, halfTurn);
    if (hasSums) {
      Arrays.fill(sums, 0);
      hasSums = false;
    }
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
    hasSums = true;
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
    hasSums = false;
  }
}
