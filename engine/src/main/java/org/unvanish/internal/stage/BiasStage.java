package org.unvanish.internal.stage;

import java.util.Arrays;
import org.unvanish.internal.kernel.BiasKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.ParameterTensor;

/**
 * Biases, added in place; their gradient with respect to the input is the one with respect to the
 * output.
 */
public final class BiasStage extends Stage {

  private final LaneTensor tensor;
  private final LaneTensor gradientTensor;
  private final ParameterTensor biases;
  private final float[] values;
  private final float[] sums;

  public BiasStage(LaneTensor tensor, LaneTensor gradientTensor, ParameterTensor biases) {
    this.tensor = tensor;
    this.gradientTensor = gradientTensor;
    this.biases = biases;
    this.values = new float[biases.size()];
    this.sums = new float[biases.size() * Lanes.COUNT];
  }

  @Override
  public void setParameters(float[] parameters) {
    System.arraycopy(parameters, biases.offset(), values, 0, values.length);
    Arrays.fill(sums, 0);
  }

  @Override
  public void forward() {
    BiasKernel.add(tensor, values);
  }

  @Override
  public void addParameterGradients() {
    BiasKernel.addGradient(gradientTensor, sums);
  }

  @Override
  public void inputGradient() {}

  @Override
  public void collect(float[] gradient) {
    BiasKernel.collect(sums, gradient, biases.offset());
  }
}
