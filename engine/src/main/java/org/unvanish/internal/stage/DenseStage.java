package org.unvanish.internal.stage;

import java.util.List;
import org.unvanish.internal.kernel.DenseGradientKernel;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Dense;
import org.unvanish.network.ParameterTensor;

/** A dense layer's weights. */
public final class DenseStage extends PairStage {

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
  private final DenseGradientKernel gradientKernel;

  /** Gathers the gradient, unless the network's own has the form that the kernel needs. */
  private final float[] own;

  private float[] sums;

  /** Whether the batch has yet to bring its first block. */
  private boolean fresh;

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
    this.gradientKernel = new DenseGradientKernel(in.shape().size(), out.shape().size());
    boolean fits = gradientKernel.sumsLength() == weights.size();
    this.own = new float[fits ? 0 : gradientKernel.sumsLength()];
    this.sums = own;
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
  }

  @Override
  public void gatherIn(float[] gradient) {
    sums = own.length == 0 ? gradient : own;
    fresh = true;
  }

  @Override
  public void forward() {
    if (flat != in) {
      in.copyTo(flat);
    }
    kernel.forward(flat, out);
  }

  @Override
  void forward(int first) {
    kernel.forward(flat, out, first);
  }

  @Override
  public void addParameterGradients() {
    gradientKernel.add(flat, outGradient, sums, sums == own ? 0 : weights.offset(), fresh);
    fresh = false;
  }

  @Override
  public void inputGradient() {
    kernel.inputGradient(outGradient, flatGradient);
    if (flatGradient != inGradient) {
      flatGradient.copyTo(inGradient);
    }
  }

  @Override
  void inputGradient(int first) {
    kernel.inputGradient(outGradient, flatGradient, first);
  }

  @Override
  public void collect(float[] gradient) {
    if (sums == own) {
      gradientKernel.collect(own, gradient, weights.offset());
    }
  }
}
