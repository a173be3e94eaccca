package org.unvanish.probe;

import org.unvanish.network.ParameterTensor;

/** How far the last steps before a snapshot have moved the parameters. */
final class UpdateSizes {

  /** Of a snapshot before which no steps were seen. */
  static final UpdateSizes UNSEEN = new UpdateSizes(0);

  /** So many steps are looked at: with batches of one sample, single ones may be 0. */
  static final int STEPS = 20;

  private final double[] squares;
  private float[] before = {};
  private int steps;

  /**
   * @param parameters how many there are
   */
  UpdateSizes(int parameters) {
    this.squares = new double[parameters];
  }

  /** Takes the parameters as they stand before a step, and behind the one before. */
  void next(float[] parameters) {
    if (before.length == 0) {
      before = parameters.clone();
      return;
    }
    for (int i = 0; i < parameters.length; i++) {
      double moved = (double) parameters[i] - before[i];
      squares[i] += moved * moved;
    }
    System.arraycopy(parameters, 0, before, 0, before.length);
    steps++;
  }

  /** The root mean square of a step's change of a tensor; NaN if no step was seen. */
  double rms(ParameterTensor tensor) {
    if (steps == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += squares[i];
    }
    return Math.sqrt(sum / steps / tensor.size());
  }
}
