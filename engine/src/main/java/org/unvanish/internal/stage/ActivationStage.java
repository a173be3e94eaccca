package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.BiasKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.network.ParameterTensor;

/**
 * An activation. Its gradients share one tensor; where the gradient does not need z, so do z and
 * the output.
 */
public final class ActivationStage extends Stage {

  private final ActivationKernel kernel;
  private final LaneTensor in;
  private final LaneTensor out;
  private final LaneTensor gradientTensor;
  private final List<ParameterTensor> alpha;
  private final float[] sums;
  private boolean turned;

  /**
   * @param alpha the learned α, or nothing
   * @param sums where its gradient is gathered, by lane; stages that share an α share them, too
   */
  ActivationStage(
      LaneTensor in,
      LaneTensor out,
      LaneTensor gradientTensor,
      Activation activation,
      List<ParameterTensor> alpha,
      float[] sums) {
    this.kernel = new ActivationKernel(activation);
    this.in = in;
    this.out = out;
    this.gradientTensor = gradientTensor;
    this.alpha = alpha;
    this.sums = sums;
  }

  @Override
  public void setParameters(float[] parameters) {
    for (ParameterTensor tensor : alpha) {
      kernel.setAlpha(parameters[tensor.offset()]);
    }
    Arrays.fill(sums, 0);
  }

  @Override
  public void forward() {
    for (int row = 0; row < out.shape().rows(); row++) {
      kernel.forward(in, row, out);
    }
    turned = false;
  }

  @Override
  public void addParameterGradients() {
    if (!alpha.isEmpty()) {
      kernel.backward(in, out, gradientTensor, sums);
      turned = true;
    }
  }

  @Override
  public void inputGradient() {
    // The gradient of α needs the gradients with respect to output and input, so it has done this
    // already.
    if (!turned) {
      kernel.backward(in, out, gradientTensor);
    }
  }

  @Override
  public void collect(float[] gradient) {
    for (ParameterTensor tensor : alpha) {
      BiasKernel.collect(sums, gradient, tensor.offset());
    }
  }
}
