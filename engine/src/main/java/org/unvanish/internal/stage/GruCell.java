package org.unvanish.internal.stage;

import java.util.Iterator;
import org.unvanish.activation.Activation;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.GateKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.StepKernel;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent.Gru;

/** Of a step there are r, z, the candidate n and m = R·h + b′ of the candidate, on which r acts. */
final class GruCell extends Cell {

  private static final int CANDIDATE = 2;
  private static final int ROWS = 4;

  private final ActivationKernel gate;
  private final GateKernel kernel;
  private final StepBiases candidateBiases;
  private final LaneTensor[] values;

  /** The products with a state. */
  private final LaneTensor products;

  private final LaneTensor[] gradients;

  /**
   * They differ from the gradients with respect to the sums in the candidate, where r stands
   * between.
   */
  private final LaneTensor[] productGradients;

  /** The sums of r, z, n: in the place of what becomes of them, unless a gradient needs them. */
  private final LaneTensor[] sums;

  GruCell(
      Gru layer,
      int steps,
      Iterator<ParameterTensor> own,
      ActivationKernel activation,
      float[] alphaSums,
      Pass pass) {
    super(layer, steps, own, activation, alphaSums, pass, 1);
    this.gradients = scratchOfSteps(layer.sums());
    this.candidateBiases = new StepBiases(units, layer.bias(), own);
    this.gate = new ActivationKernel(Activation.of(layer.gates()));
    this.kernel = new GateKernel(units);
    this.values = kept(ROWS);
    this.products = scratch(layer.sums());
    this.productGradients = scratchOfSteps(layer.sums());
    this.sums = activation.needsInput() || gate.needsInput() ? kept(layer.sums()) : values;
  }

  @Override
  void setParameters(float[] parameters) {
    super.setParameters(parameters);
    candidateBiases.setParameters(parameters);
  }

  @Override
  void forward(int step, LaneTensor x, LaneTensor before, LaneTensor after) {
    LaneTensor z = sums[step];
    LaneTensor y = values[step];
    StepKernel.fill(z, biases.values());
    input.addForward(x, z);
    recurrent.forward(before, products);
    kernel.takeCandidate(products, candidateBiases.values(), y);
    StepKernel.addTo(z, products, CANDIDATE * units);
    gate.forwardRow(z, 0, y, 0);
    gate.forwardRow(z, 1, y, 1);
    kernel.candidate(y, z);
    show(z, CANDIDATE * units);
    activation.forwardRow(z, CANDIDATE, y, CANDIDATE);
    kernel.blend(y, before, after);
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
    LaneTensor gradient = gradients[step];
    kernel.blendGradient(y, before, afterGradient, gradient);
    activation.backwardRow(z, CANDIDATE, y, CANDIDATE, gradient, CANDIDATE, alphaSums);
    LaneTensor product = productGradients[step];
    kernel.candidateGradient(y, gradient, product);
    gate.backwardRow(z, 0, y, 0, gradient, 0, alphaSums);
    gate.backwardRow(z, 1, y, 1, gradient, 1, alphaSums);
    StepKernel.copy(gradient, product, CANDIDATE * units);
    recurrent.inputGradient(product, beforeGradient);
    kernel.addKept(y, afterGradient, beforeGradient);
  }

  @Override
  LaneTensor[] sumGradients() {
    return gradients;
  }

  @Override
  LaneTensor[] productGradients() {
    return productGradients;
  }

  @Override
  void measureWays(int step, LaneTensor afterGradient, LaneTensor beforeGradient, StepSizes sizes) {
    LaneTensor part = scratch(1);
    recurrent.inputGradient(productGradients[step], part);
    squares(part, 0, 1, sizes.recurrent);
    kernel.kept(values[step], afterGradient, part);
    squares(afterGradient, 0, 1, sizes.past);
    squares(part, 0, 1, sizes.kept);
  }

  @Override
  void addParameterGradients(LaneTensor[] read, LaneTensor[] states, int done) {
    super.addParameterGradients(read, states, done);
    candidateBiases.addGradient(productGradients, CANDIDATE * units, done);
  }

  @Override
  void collect(float[] gradient) {
    super.collect(gradient);
    candidateBiases.collect(gradient);
  }
}
