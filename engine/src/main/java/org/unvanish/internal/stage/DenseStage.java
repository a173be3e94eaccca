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
          layer -> 0, layer -> 0, false, (layer, place) -> List.of(new DenseStage(place)));

  private final LaneTensor in;
  private final LaneTensor flat;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final LaneTensor flatGradient;
  private final ParameterTensor weights;
  private final DenseKernel kernel;
  private final float[] sums;

  /** Whether there are sums that nobody has collected: the kernel leaves zeros behind. */
  private boolean hasSums;

  /** The kernel reads what has no halo as one run of values; of other tensors it gets a copy. */
  DenseStage(LayerStages.Place place) {
    this.in = place.input();
    this.flat = in.halo() == 0 ? in : place.pass().tensor(in.shape(), 0);
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    this.flatGradient = inGradient.halo() == 0 ? inGradient : new LaneTensor(inGradient.shape(), 0);
    this.weights = place.parameters().get(0);
    this.kernel = new DenseKernel(in.shape().size(), out.shape().size());
    this.sums = new float[kernel.sumsLength()];
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
    if (hasSums) {
      Arrays.fill(sums, 0);
      hasSums = false;
    }
  }

  @Override
  public void forward() {
    if (flat != in) {
      in.copyTo(flat);
    }
    kernel.forward(flat, out);
  }

  @Override
  public void addParameterGradients() {
    kernel.addWeightGradient(flat, outGradient, sums);
    hasSums = true;
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
    hasSums = false;
  }
}
