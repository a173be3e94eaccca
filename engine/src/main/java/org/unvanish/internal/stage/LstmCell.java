package org.unvanish.internal.stage;

import java.util.Iterator;
import org.unvanish.activation.Activation;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.GateKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.StepKernel;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent.Lstm;

/**
 * A state has the rows h, c; of a step there are i, f, g, o and a(c′).
 *
 * <p>On the way back, the gradients with respect to the four sums take the place of i, f, g, o.
 * What is kept of all steps is more than a processor has near by, so the less the faster.
 */
final class LstmCell extends Cell {

  private static final int CANDIDATE = 2;
  private static final int OUTPUT = 3;
  private static final int ACTIVATED_CELL = 4;

  private final ActivationKernel gate;
  private final GateKernel kernel;
  private final LaneTensor[] values;

  /** Of the step at hand, with respect to its values. */
  private final LaneTensor gradient;

  /** The sums of i, f, g, o: in the place of what becomes of them, unless a gradient needs them. */
  private final LaneTensor[] sums;

  LstmCell(
      Lstm layer,
      int steps,
      Iterator<ParameterTensor> own,
      ActivationKernel activation,
      float[] alphaSums,
      Pass pass) {
    super(layer, steps, own, activation, alphaSums, pass, 2);
    this.gradient = scratch(ACTIVATED_CELL + 1);
    this.gate = new ActivationKernel(Activation.of(layer.gates()));
    this.kernel = new GateKernel(units);
    this.values = kept(ACTIVATED_CELL + 1);
    this.sums = activation.needsInput() || gate.needsInput() ? kept(layer.sums()) : values;
  }

  @Override
  void forward(int step, LaneTensor x, LaneTensor before, LaneTensor after) {
    LaneTensor z = sums[step];
    LaneTensor y = values[step];
    StepKernel.fill(z, biases.values());
    input.addForward(x, z);
    recurrent.addForward(before, z);
    show(z, CANDIDATE * units);
    gate.forwardRow(z, 0, y, 0);
    gate.forwardRow(z, 1, y, 1);
    activation.forwardRow(z, CANDIDATE, y, CANDIDATE);
    gate.forwardRow(z, OUTPUT, y, OUTPUT);
    kernel.cell(y, before, after);
    activation.forwardRow(after, 1, y, ACTIVATED_CELL);
    kernel.state(y, after);
  }

  @Override
  void backward(
      int step,
      LaneTensor before,
      LaneTensor after,
      LaneTensor afterGradient,
      LaneTensor beforeGradient) {
    LaneTensor z = sums[step];
    LaneTensor y = values[step];
    kernel.stateGradient(y, afterGradient, gradient);
    activation.backwardRow(after, 1, y, ACTIVATED_CELL, gradient, ACTIVATED_CELL, alphaSums);
    kernel.cellGradient(y, before, afterGradient, gradient, beforeGradient);
    gate.backwardRow(z, 0, y, 0, gradient, 0, alphaSums);
    gate.backwardRow(z, 1, y, 1, gradient, 1, alphaSums);
    activation.backwardRow(z, CANDIDATE, y, CANDIDATE, gradient, CANDIDATE, alphaSums);
    gate.backwardRow(z, OUTPUT, y, OUTPUT, gradient, OUTPUT, alphaSums);
    recurrent.inputGradient(gradient, beforeGradient);
    StepKernel.copy(gradient, y, ACTIVATED_CELL * units);
  }

  @Override
  LaneTensor[] sumGradients() {
    return values;
  }

  @Override
  LaneTensor[] productGradients() {
    return values;
  }

  @Override
  void measureWays(int step, LaneTensor afterGradient, LaneTensor beforeGradient, StepSizes sizes) {
    squares(beforeGradient, 0, 1, sizes.recurrent);
    // The first row, of i, has been copied.
    kernel.allOfCell(afterGradient, gradient, gradient);
    squares(gradient, 0, 1, sizes.past);
    squares(beforeGradient, 1, 1, sizes.kept);
  }
}
