package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.Iterator;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.StepKernel;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/** h′ = f(U·x + R·h + b). */
final class SimpleCell extends Cell {

  private final LaneTensor[] gradients;

  /** The sums, where the gradient needs them beside the state; else the state is in their place. */
  private final LaneTensor[] sums;

  SimpleCell(
      SimpleRecurrent layer,
      int steps,
      Iterator<ParameterTensor> own,
      ActivationKernel activation,
      float[] alphaSums,
      Pass pass) {
    super(layer, steps, own, activation, alphaSums, pass, 1);
    this.gradients = scratchOfSteps(1);
    this.sums = activation.needsInput() ? kept(1) : new LaneTensor[0];
  }

  private LaneTensor sums(int step, LaneTensor after) {
    return sums.length == 0 ? after : sums[step];
  }

  @Override
  void forward(int step, LaneTensor x, LaneTensor before, LaneTensor after) {
    LaneTensor z = sums(step, after);
    StepKernel.fill(z, biases.values());
    input.addForward(x, z);
    recurrent.addForward(before, z);
    show(z, 0);
    activation.forwardRow(z, 0, after, 0);
  }

  @Override
  void backward(
      int step,
      LaneTensor before,
      LaneTensor after,
      LaneTensor afterGradient,
      LaneTensor beforeGradient) {
    LaneTensor gradient = gradients[step];
    StepKernel.copy(afterGradient, gradient, units);
    activation.backwardRow(sums(step, after), 0, after, 0, gradient, 0, alphaSums);
    recurrent.inputGradient(gradient, beforeGradient);
  }

  @Override
  LaneTensor[] sumGradients() {
    return gradients;
  }

  @Override
  LaneTensor[] productGradients() {
    return gradients;
  }

  @Override
  void measureWays(int step, LaneTensor afterGradient, LaneTensor beforeGradient, StepSizes sizes) {
    System.arraycopy(sizes.before, 0, sizes.recurrent, 0, sizes.before.length);
    Arrays.fill(sizes.past, Double.NaN);
    Arrays.fill(sizes.kept, Double.NaN);
  }
}
