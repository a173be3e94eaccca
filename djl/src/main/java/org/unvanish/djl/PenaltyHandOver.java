package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** A {@link PenaltyLoss} whose gradient somebody else adds, after each backward pass. */
final class PenaltyHandOver {

  private final PenaltyTerm term;
  private final int devices;
  private @Nullable PassCounter counter;

  PenaltyHandOver(PenaltyTerm term, int devices) {
    this.term = term;
    this.devices = devices;
  }

  PenaltyTerm term() {
    return term;
  }

  /** A value of which backward passes are counted. */
  NDArray counted(NDArray value) {
    PassCounter made = counter;
    if (made == null) {
      made = new PassCounter(value.getManager());
      counter = made;
    }
    return made.counted(value);
  }

  /** How many times the gradient is to be added: for each backward pass since the last call. */
  int takeTimes() {
    if (counter == null) {
      return 0;
    }
    int passes = counter.passes();
    counter.clear();
    return passes * devices;
  }

  /**
   * Training must not go on without the penalty.
   *
   * @throws IllegalStateException if there were backward passes of which the monitor was not told
   */
  void requireHeard() {
    if (counter != null && counter.passes() > 1) {
      throw new IllegalStateException(
          "the GradientMonitor adds the penalty's gradient, but was not told of the last batches;"
              + " train with EasyTrain, or call trainer.notifyListeners(listener ->"
              + " listener.onTrainingBatch(trainer, batchData)) between backward and step");
    }
  }
}
