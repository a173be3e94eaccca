package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Arrays as Java's. */
final class Values {

  private Values() {}

  /** The values in single precision. */
  static float[] of(NDArray array) {
    return array.toType(DataType.FLOAT32, false).toFloatArray();
  }
}
