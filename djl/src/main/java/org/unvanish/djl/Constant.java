package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers in a computation through which gradients flow.
 *
 * <p>DJL's own {@code array.mul(2)} hands PyTorch a number that lies in Java's memory, which the
 * garbage collector may take back before the backward pass reads it again; the gradient is then
 * whatever lies there. So blocks and losses take their factors and divisors from here.
 *
 * @since 0.1
 */
public final class Constant {

  private Constant() {}

  /**
   * A number as an array without dimensions, in the engine's own memory.
   *
   * @param like what it is combined with: it has that array's type and device, and its manager
   */
  public static NDArray of(double value, NDArray like) {
    // In place: without dimensions a sum with a double would be a double.
    return like.getManager().zeros(new Shape(), like.getDataType(), like.getDevice()).addi(value);
  }
}
