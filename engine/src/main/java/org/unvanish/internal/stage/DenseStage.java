package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.List;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Dense;
import org.unvanish.network.ParameterTensor;

/** A dense layer's weights. */
public final class DenseStage extends Stage {

  /** Of {@link Dense}. */
  static final LayerStages<Dense> DENSE =
      new LayerStages<>(
          layer -> 0,
          layer -> 0,
          false,
          (layer, place) ->
              List.of(
                  new DenseStage(
                      place.input(),
                      place.output(),
                      place.outputGradient(),
                      place.inputGradient(),
                      place.parameters().get(0))));

  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final LaneTensor flatGradient;
  private final ParameterTensor weights;
  private final DenseKernel kernel;
  private final float[] sums;

  /**
   * @param in without a halo, as the kernel reads it as one run of values
   */
  DenseStage(
      LaneTensor in,
      LaneTensor out,
      LaneTensor outGradient,
      LaneTensor inGradient,
      ParameterTensor weights) {
    this.in = in;
    this.out = out;
    this.outGradient = outGradient;
    this.inGradient = inGradient;
    this.flatGradient = inGradient.halo() == 0 ? inGradient : new LaneTensor(inGradient.shape(), 0);
    this.weights = weights;
    this.kernel = new DenseKernel(in.shape().size(), out.shape().size());
    this.sums = new float[kernel.sumsLength()];
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    Arrays.fill(sums, 0);
  }

  @Override
  public void forward() {
    kernel.forward(in, out);
  }

  @Override
  public void addParameterGradients() {
    kernel.addWeightGradient(in, outGradient, sums);
  }

  @Override
  public void inputGradient() {
    kernel.inputGradient(outGradient, flatGradient);
    if (flatGradient != inGradient) {
      flatGradient.copyTo(inGradient);
    }
  }

  @Override
  public void collect(float[] gradient) {
    kernel.collectWeightGradient(sums, gradient, weights.offset());
  }
}
