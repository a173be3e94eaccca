package org.unvanish.internal.stage;

import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;

/**
 * What one direction of a recurrent layer does in a step: it makes a state of an input and the
 * state before. Steps have the numbers in which they are done.
 *
 * <p>All tensors are rows of as many values as there are units. The first row of a state is what
 * the layer puts out.
 */
abstract class Cell {

  final int units;

  /** What makes a state of sums; of the layer, whose directions share its α. */
  final ActivationKernel activation;

  /** Where the gradient of a learned α is gathered. */
  final float[] alphaSums;

  final StepWeights input;
  final StepWeights recurrent;
  final StepBiases biases;

  /** Is shown the sums of the activation; null where nobody looks. */
  @Nullable SumsVisitor visitor;

  private final int steps;
  private final Pass pass;
  private final int stateRows;
  private final int sums;

  /** Looks at sums. */
  interface SumsVisitor {
    /**
     * They are there, and have yet to be activated.
     *
     * @param first the number of the first one in the tensor
     */
    void show(LaneTensor sums, int first);
  }

  /**
   * @param steps at most
   * @param own gives the parameters of the direction
   * @param pass makes tensors that are read on the way back
   * @param stateRows rows of a state
   */
  Cell(
      Recurrent layer,
      int steps,
      Iterator<ParameterTensor> own,
      ActivationKernel activation,
      float[] alphaSums,
      Pass pass,
      int stateRows) {
    this.units = layer.units();
    this.activation = activation;
    this.alphaSums = alphaSums;
    this.input = new StepWeights(own.next(), steps);
    this.recurrent = new StepWeights(own.next(), steps);
    this.biases = new StepBiases(layer.sums() * units, layer.bias(), own);
    this.steps = steps;
    this.sums = layer.sums();
    this.pass = pass;
    this.stateRows = stateRows;
  }

  /** Sizes of its steps, for those who measure. */
  final StepSizes sizes() {
    return new StepSizes(stateRows * units);
  }

  /** A tensor whose values are only needed until the next block comes. */
  final LaneTensor scratch(int rows) {
    return new LaneTensor(new Shape(1, rows, units), 0);
  }

  /** Tensors that are read on the way back, one for each step. */
  final LaneTensor[] kept(int rows) {
    LaneTensor[] tensors = new LaneTensor[steps];
    Arrays.setAll(tensors, step -> pass.tensor(new Shape(1, rows, units), 0));
    return tensors;
  }

  /** Tensors of one way back, one for each step. */
  final LaneTensor[] scratchOfSteps(int rows) {
    LaneTensor[] tensors = new LaneTensor[steps];
    Arrays.setAll(tensors, step -> scratch(rows));
    return tensors;
  }

  /** States after each step. */
  final LaneTensor[] states() {
    return kept(stateRows);
  }

  /** A state before the first step, or a gradient with respect to a state. */
  final LaneTensor state() {
    return scratch(stateRows);
  }

  void setParameters(float[] parameters) {
    input.setParameters(parameters);
    recurrent.setParameters(parameters);
    biases.setParameters(parameters);
  }

  /**
   * Does a step.
   *
   * @param x what it reads
   * @param before the state before
   * @param after receives the state
   */
  abstract void forward(int step, LaneTensor x, LaneTensor before, LaneTensor after);

  /**
   * Goes back through a step: fills its {@link #sumGradients} and {@link #productGradients}.
   *
   * @param before the state before it
   * @param after the state after it
   * @param afterGradient with respect to that
   * @param beforeGradient receives that with respect to the state before
   */
  abstract void backward(
      int step,
      LaneTensor before,
      LaneTensor after,
      LaneTensor afterGradient,
      LaneTensor beforeGradient);

  /** Shows sums to those who look at them, before they are activated. */
  final void show(LaneTensor sums, int first) {
    if (visitor != null) {
      visitor.show(sums, first);
    }
  }

  /**
   * Measures what the step has done to the gradient that {@link #backward} went through last.
   *
   * @param afterGradient as there
   * @param beforeGradient as there
   */
  final void measure(
      int step, LaneTensor afterGradient, LaneTensor beforeGradient, StepSizes sizes) {
    squares(afterGradient, 0, stateRows, sizes.state);
    squares(productGradients()[step], 0, sums, sizes.sums);
    squares(beforeGradient, 0, stateRows, sizes.before);
    measureWays(step, afterGradient, beforeGradient, sizes);
  }

  /** The sum of the squares of some rows, in each lane. */
  final void squares(LaneTensor tensor, int firstRow, int rows, double[] sums) {
    LaneValues.sumsOfSquares(tensor, firstRow * units, rows * units, Lanes.COUNT, sums);
  }

  /** With respect to the sums, of each step: in the first rows. */
  abstract LaneTensor[] sumGradients();

  /** With respect to the products of the recurrent weights with a state, of each step. */
  abstract LaneTensor[] productGradients();

  /**
   * Measures the way over the recurrent weights, and that past the sums, which is NaN if none is.
   */
  abstract void measureWays(
      int step, LaneTensor afterGradient, LaneTensor beforeGradient, StepSizes sizes);

  /**
   * Adds the gradients of the parameters, when all steps have been gone through.
   *
   * @param read at each step
   * @param states before each step
   * @param done how many steps have been
   */
  void addParameterGradients(LaneTensor[] read, LaneTensor[] states, int done) {
    recurrent.addGradient(states, productGradients(), done);
    input.addGradient(read, sumGradients(), done);
    biases.addGradient(sumGradients(), 0, done);
  }

  void collect(float[] gradient) {
    input.collect(gradient);
    recurrent.collect(gradient);
    biases.collect(gradient);
  }
}
