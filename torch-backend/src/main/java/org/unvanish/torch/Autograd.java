package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;

/**
 * PyTorch's automatic differentiation on the calling thread.
 *
 * <p>Not DJL's {@code GradientCollector}: of those there may be one at a time in a whole process,
 * and runs would wait for each other.
 */
final class Autograd {

  private Autograd() {}

  /**
   * The gradient of a function at a point.
   *
   * @param at any array; unchanged
   * @param function to a scalar, computed from the array that it is given
   * @return shaped like the point, and of its manager
   */
  static NDArray gradient(NDArray at, Function<NDArray, NDArray> function) {
    NDArray leaf = at.duplicate();
    leaf.setRequiresGradient(true);
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      NDArray value = function.apply(leaf);
      NDArray one = value.getManager().ones(value.getShape(), value.getDataType());
      JniUtils.backward((PtNDArray) value, (PtNDArray) one, false, false);
    } finally {
      JniUtils.setGradMode(before);
    }
    return leaf.getGradient();
  }

  /** Forgets how arrays come about from here on, as is right wherever nothing is differentiated. */
  static void off() {
    JniUtils.setGradMode(false);
  }
}
