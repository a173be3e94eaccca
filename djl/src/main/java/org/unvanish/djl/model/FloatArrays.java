package org.unvanish.djl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** DJL's arrays as Java's. */
public final class FloatArrays {

  private FloatArrays() {}

  /** The values in single precision. */
  public static float[] of(NDArray array) {
    return array.toType(DataType.FLOAT32, false).toFloatArray();
  }
}
