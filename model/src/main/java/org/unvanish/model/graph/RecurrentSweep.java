package org.unvanish.model.graph;

import org.jspecify.annotations.Nullable;
import org.unvanish.model.graph.MatrixProduct.Matrix;

/**
 * One direction of a recurrent node: what it reads, in its own order of time, and its states.
 * Arrays have their steps first, then the samples.
 */
final class RecurrentSweep {
  private final Call call;
  private final RecurrentSizes sizes;
  private final int direction;

  /** What is read; 0 where a sequence is over. */
  private final double[] x;

  /** W·x + the biases of the input: what a cell adds its own to. */
  private final double[] sums;

  /** From the initial one on: one more than steps. */
  private final double[] states;

  /** Of the recurrent weights, a column for each sum. */
  private final double[] transposed;

  RecurrentSweep(Call call, RecurrentSizes sizes, int direction) {
    this.call = call;
    this.sizes = sizes;
    this.direction = direction;
    x = gathered();
    int rows = sizes.rows();
    sums = call.zeros(sizes.steps(), sizes.batch(), rows).values();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = bias(i % rows);
    }
    MatrixProduct.add(
        sizes.steps() * sizes.batch(),
        rows,
        sizes.inputs(),
        Matrix.of(x, 0, sizes.inputs()),
        weights().transposed(),
        sums,
        0);
    states = states(call.optional(5));
    transposed = new double[rows * sizes.units()];
    for (int i = 0; i < transposed.length; i++) {
      int row = i / sizes.units();
      transposed[i % sizes.units() * rows + row] = recurrent(i);
    }
  }

  private double[] gathered() {
    double[] result = call.zeros(sizes.steps(), sizes.batch(), sizes.inputs()).values();
    double[] from = call.input(0).values();
    for (int row = 0; row < sizes.steps() * sizes.batch(); row++) {
      int step = row / sizes.batch();
      int sample = row % sizes.batch();
      if (sizes.has(step, sample)) {
        int place = sizes.input(direction, step, sample);
        System.arraycopy(from, place, result, row * sizes.inputs(), sizes.inputs());
      }
    }
    return result;
  }

  RecurrentSizes sizes() {
    return sizes;
  }

  Call call() {
    return call;
  }

  double[] sums() {
    return sums;
  }

  double[] states() {
    return states;
  }

  /** Room for the states of all steps, of which the first is given or 0. */
  double[] states(@Nullable Tensor initial) {
    int units = sizes.units();
    double[] result = call.zeros(sizes.steps() + 1, sizes.batch(), units).values();
    for (int sample = 0; initial != null && sample < sizes.batch(); sample++) {
      int from = sizes.state(direction, sample);
      System.arraycopy(initial.values(), from, result, sample * units, units);
    }
    return result;
  }

  private Matrix weights() {
    int offset = direction * sizes.rows() * sizes.inputs();
    return Matrix.of(call.input(1).values(), offset, sizes.inputs());
  }

  private double recurrent(int index) {
    return call.input(2).value(direction * sizes.rows() * sizes.units() + index);
  }

  private double bias(int row) {
    Tensor biases = call.optional(3);
    return biases == null ? 0 : biases.value(direction * 2 * sizes.rows() + row);
  }

  /** The bias of the recurrent part of a sum. */
  double recurrentBias(int row) {
    return bias(sizes.rows() + row);
  }

  /** A number of the last input, for the cells that have it: three of each unit. */
  double peephole(int index) {
    Tensor peepholes = call.optional(7);
    return peepholes == null ? 0 : peepholes.value(direction * 3 * sizes.units() + index);
  }

  /** Where the peepholes of this direction begin. */
  int peepholes() {
    return direction * 3 * sizes.units();
  }

  /** A function that the node names, with its clip. */
  Curve curve(int index, String... absent) {
    return RecurrentCurves.of(call, direction * absent.length + index, sizes.directions(), absent);
  }

  /**
   * Adds R·h.
   *
   * @param from which gate is the first
   * @param gates for how many
   * @param h of all samples, a step's
   * @param to for each sample the sums of these gates
   */
  void addRecurrent(int from, int gates, double[] h, int offset, double[] to) {
    MatrixProduct.add(
        sizes.batch(),
        gates * sizes.units(),
        sizes.units(),
        Matrix.of(h, offset, sizes.units()),
        Matrix.of(transposed, from * sizes.units(), sizes.rows()),
        to,
        0);
  }

  /** Adds the gradient of some gates' sums times R: the gradient with respect to the state. */
  void addBack(int from, int gates, double[] gradient, double[] to) {
    int units = sizes.units();
    MatrixProduct.add(
        sizes.batch(),
        units,
        gates * units,
        Matrix.of(gradient, 0, gates * units),
        Matrix.of(call.input(2).values(), (direction * sizes.rows() + from * units) * units, units),
        to,
        0);
  }

  /** Adds the gradients with respect to the input, its weights and their biases. */
  void addInput(double[] ofSums, @Nullable Tensor[] results) {
    int rows = sizes.rows();
    int all = sizes.steps() * sizes.batch();
    Matrix gradient = Matrix.of(ofSums, 0, rows);
    double[] dx = new double[x.length];
    MatrixProduct.add(all, sizes.inputs(), rows, gradient, weights(), dx, 0);
    double[] to = results[0].values();
    for (int row = 0; row < all; row++) {
      int step = row / sizes.batch();
      int sample = row % sizes.batch();
      if (sizes.has(step, sample)) {
        int place = sizes.input(direction, step, sample);
        for (int i = 0; i < sizes.inputs(); i++) {
          to[place + i] += dx[row * sizes.inputs() + i];
        }
      }
    }
    MatrixProduct.add(
        rows,
        sizes.inputs(),
        all,
        gradient.transposed(),
        Matrix.of(x, 0, sizes.inputs()),
        results[1].values(),
        direction * rows * sizes.inputs());
    addBias(ofSums, 0, results);
  }

  /**
   * Adds the gradients with respect to the recurrent weights of some gates.
   *
   * @param ofSums the gradient of all gates' recurrent sums, all steps
   * @param h what these gates read, all steps
   */
  void addRecurrentWeights(
      int from, int gates, double[] ofSums, double[] h, @Nullable Tensor[] results) {
    int units = sizes.units();
    MatrixProduct.add(
        gates * units,
        units,
        sizes.steps() * sizes.batch(),
        new Matrix(ofSums, from * units, sizes.rows(), 1).transposed(),
        Matrix.of(h, 0, units),
        results[2].values(),
        (direction * sizes.rows() + from * units) * units);
  }

  /** Adds the gradients with respect to the biases of the recurrent sums. */
  void addRecurrentBias(double[] ofSums, @Nullable Tensor[] results) {
    addBias(ofSums, sizes.rows(), results);
  }

  private void addBias(double[] ofSums, int shift, @Nullable Tensor[] results) {
    Tensor biases = RecurrentOperators.result(results, 3);
    if (biases != null) {
      int start = direction * 2 * sizes.rows() + shift;
      for (int i = 0; i < ofSums.length; i++) {
        biases.values()[start + i % sizes.rows()] += ofSums[i];
      }
    }
  }

  /** Writes the states as the node puts them out: 0 where a sequence is over. */
  void putOut(double[] y) {
    int units = sizes.units();
    for (int row = 0; row < sizes.steps() * sizes.batch(); row++) {
      int step = row / sizes.batch();
      int sample = row % sizes.batch();
      if (sizes.has(step, sample)) {
        int from = (row + sizes.batch()) * units;
        System.arraycopy(states, from, y, sizes.output(direction, step, sample), units);
      }
    }
  }

  /** Writes the last of some states. */
  void putLast(double[] all, double[] to) {
    int units = sizes.units();
    for (int sample = 0; sample < sizes.batch(); sample++) {
      int from = (sizes.steps() * sizes.batch() + sample) * units;
      System.arraycopy(all, from, to, sizes.state(direction, sample), units);
    }
  }

  /** The gradient with respect to the last states of all samples. */
  double[] ofLast(@Nullable Tensor gradient) {
    int units = sizes.units();
    double[] result = new double[sizes.batch() * units];
    for (int sample = 0; gradient != null && sample < sizes.batch(); sample++) {
      int from = sizes.state(direction, sample);
      System.arraycopy(gradient.values(), from, result, sample * units, units);
    }
    return result;
  }

  /** Adds the gradient with respect to what was put out at a step. */
  void addOutput(int step, double[] gradient, double[] to) {
    int units = sizes.units();
    for (int sample = 0; sample < sizes.batch(); sample++) {
      if (sizes.has(step, sample)) {
        int from = sizes.output(direction, step, sample);
        for (int i = 0; i < units; i++) {
          to[sample * units + i] += gradient[from + i];
        }
      }
    }
  }

  /** Adds the gradient with respect to the initial states, if they are given. */
  void addInitial(double[] gradient, @Nullable Tensor to) {
    int units = sizes.units();
    for (int sample = 0; to != null && sample < sizes.batch(); sample++) {
      int place = sizes.state(direction, sample);
      System.arraycopy(gradient, sample * units, to.values(), place, units);
    }
  }
}
