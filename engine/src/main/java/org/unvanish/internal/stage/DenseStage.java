package org.unvanish.internal.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.internal.kernel.DenseGradientKernel;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.Dense;
import org.unvanish.network.ParameterTensor;

/** A dense layer's weights. */
public final class DenseStage extends CompanyStage {

  /** Of {@link Dense}. */
  static final LayerStages<Dense> DENSE =
      new LayerStages<>(
          layer -> 0, layer -> 0, false, (layer, place) -> List.of(new DenseStage(place)));

  private final Pass pass;
  private final LaneTensor in;
  private final LaneTensor flat;
  private final LaneTensor out;
  private final LaneTensor outGradient;
  private final LaneTensor inGradient;
  private final LaneTensor flatGradient;
  private final ParameterTensor weights;
  private final DenseKernel kernel;
  private final DenseGradientKernel gradientKernel;

  /** Gathers the gradient, where the network's own hasn't the form that the kernel needs. */
  private final float @Nullable [] own;

  /** Where the gradient is gathered, and the first weight's place there. */
  private float[] sums = {};

  private int start;

  /** Whether the batch has yet to bring its first block. */
  private boolean fresh;

  /** The kernel reads what has no halo as one run of values; of other tensors it gets a copy. */
  DenseStage(LayerStages.Place place) {
    this.pass = place.pass();
    this.in = place.input();
    this.flat = in.halo() == 0 ? in : pass.tensor(in.shape(), 0);
    this.out = place.output();
    this.outGradient = place.outputGradient();
    this.inGradient = place.inputGradient();
    this.flatGradient = inGradient.halo() == 0 ? inGradient : new LaneTensor(inGradient.shape(), 0);
    this.weights = place.parameters().get(0);
    this.kernel = new DenseKernel(in.shape().size(), out.shape().size());
    this.gradientKernel = new DenseGradientKernel(in.shape().size(), out.shape().size());
    boolean fits = gradientKernel.sumsLength() == weights.size();
    this.own = fits ? null : new float[gradientKernel.sumsLength()];
  }

  @Override
  public void setParameters(float[] parameters) {
    kernel.setWeights(parameters, weights.offset());
  }

  @Override
  public void gatherIn(float[] gradient) {
    sums = own == null ? gradient : own;
    start = own == null ? weights.offset() : 0;
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
  public void addParameterGradients() {
    addParameterGradients(pass.place(pass.block()), 1);
  }

  @Override
  public void inputGradient() {
    kernel.inputGradient(outGradient, flatGradient);
    if (flatGradient != inGradient) {
      flatGradient.copyTo(inGradient);
    }
  }

  @Override
  boolean takesCompany() {
    return flat == in && flatGradient == inGradient;
  }

  @Override
  void forward(int first, int count) {
    kernel.forward(flat, out, first, count);
  }

  @Override
  void addParameterGradients(int first, int count) {
    gradientKernel.add(flat, outGradient, first, count, sums, start, fresh);
    fresh = false;
  }

  @Override
  void inputGradient(int first, int count) {
    kernel.inputGradient(outGradient, flatGradient, first, count);
  }

  @Override
  public void collect(float[] gradient) {
    if (own != null) {
      gradientKernel.collect(own, gradient, weights.offset());
    }
  }
}
