package org.unvanish.model.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a recurrent node computes at each step of a sweep, forward and backward. */
abstract class RecurrentCell {
  private final RecurrentSweep sweep;

  /** The gradients with respect to the sums, of all steps. */
  private final double[] ofSums;

  RecurrentCell(RecurrentSweep sweep) {
    this.sweep = sweep;
    ofSums = new double[sweep.sums().length];
  }

  final RecurrentSweep sweep() {
    return sweep;
  }

  final double[] ofSums() {
    return ofSums;
  }

  /** Where the sums of a sample at a step begin. */
  final int sums(int step, int sample) {
    return (step * sweep.sizes().batch() + sample) * sweep.sizes().rows();
  }

  /** Where the state of a sample before a step begins. */
  final int state(int step, int sample) {
    return (step * sweep.sizes().batch() + sample) * sweep.sizes().units();
  }

  /** Computes the states after a step from those before it. */
  abstract void forward(int step);

  /**
   * Passes a gradient back through a step.
   *
   * @param state the gradient with respect to the states after it; afterwards to those before it
   * @param memory likewise, for cells that have one
   */
  abstract void backward(int step, double[] state, double[] memory);

  /**
   * Adds the gradients with respect to the node's inputs, when all steps have been passed.
   *
   * @param results for each input, null for an absent one
   */
  void parameters(@Nullable Tensor[] results) {
    sweep.addInput(ofSums, results);
    sweep.addRecurrentWeights(0, sweep.sizes().gates(), ofSums, sweep.states(), results);
    sweep.addRecurrentBias(ofSums, results);
  }

  /** Adds R·h and its biases to the sums of a step. */
  final void addRecurrent(int step) {
    RecurrentSizes sizes = sweep.sizes();
    double[] recurrent = new double[sizes.batch() * sizes.rows()];
    sweep.addRecurrent(0, sizes.gates(), sweep.states(), state(step, 0), recurrent);
    int start = sums(step, 0);
    for (int i = 0; i < recurrent.length; i++) {
      sweep.sums()[start + i] += recurrent[i] + sweep.recurrentBias(i % sizes.rows());
    }
  }

  /** The gradient with respect to the sums of a step, as an array of its own. */
  final double[] ofSums(int step) {
    return Arrays.copyOfRange(ofSums, sums(step, 0), sums(step + 1, 0));
  }

  /** Lets a sequence that is over keep what it has. */
  final void keep(double[] all, int step, int sample) {
    int units = sweep.sizes().units();
    System.arraycopy(all, state(step, sample), all, state(step + 1, sample), units);
  }
}
