package org.unvanish.djl.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

/**
 * Counts the backward passes of a loss: a zero that takes part in its value, and whose gradient
 * each pass raises by one. Values that are evaluated only do not count.
 */
final class PassCounter {

  private final NDArray zero;

  /**
   * @param manager for as long as it is needed, whatever scopes are open
   */
  PassCounter(NDManager manager) {
    zero = manager.zeros(new Shape());
    zero.setRequiresGradient(true);
    NDScope.unregister(zero);
  }

  /** A value of which backward passes are counted. */
  NDArray counted(NDArray value) {
    return value.add(zero);
  }

  /** Since it was cleared last. */
  int passes() {
    try (NDArray gradient = zero.getGradient()) {
      return Math.round(gradient.toFloatArray()[0]);
    }
  }

  void clear() {
    try (NDArray gradient = zero.getGradient()) {
      gradient.subi(gradient);
    }
  }
}
