package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.unvanish.internal.kernel.BiasKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.StepKernel;
import org.unvanish.network.ParameterTensor;

/** Biases that a recurrent layer adds at each step: zeros where it has none. */
final class StepBiases {

  private final List<ParameterTensor> tensors;
  private final float[] values;
  private final float[] sums;

  /**
   * @param count how many values there are
   * @param has whether the layer has biases
   * @param own gives them, if so
   */
  StepBiases(int count, boolean has, Iterator<ParameterTensor> own) {
    this.tensors = has ? List.of(own.next()) : List.of();
    this.values = new float[count];
    this.sums = new float[count * Lanes.COUNT];
  }

  void setParameters(float[] parameters) {
    for (ParameterTensor tensor : tensors) {
      System.arraycopy(parameters, tensor.offset(), values, 0, values.length);
    }
    Arrays.fill(sums, 0);
  }

  float[] values() {
    return values;
  }

  /**
   * Adds the gradient of all steps.
   *
   * @param gradients of each step, with respect to what they were added to
   * @param first the value that the first one was added to
   */
  void addGradient(LaneTensor[] gradients, int first, int steps) {
    for (int step = 0; step < steps && !tensors.isEmpty(); step++) {
      StepKernel.addBiasGradient(gradients[step], first, sums);
    }
  }

  void collect(float[] gradient) {
    for (ParameterTensor tensor : tensors) {
      BiasKernel.collect(sums, gradient, tensor.offset());
    }
  }
}
