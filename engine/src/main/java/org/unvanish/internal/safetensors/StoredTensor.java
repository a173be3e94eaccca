package org.unvanish.internal.safetensors;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A tensor to be written.
 *
 * @param name unique in its file
 * @param type of its values
 * @param shape empty for a single value; the values lie in row-major order
 * @param values by their place
 */
public record StoredTensor(
    String name, Type type, List<Integer> shape, IntToDoubleFunction values) {

  /** How a value is stored, the lowest byte first. The names are those of the format. */
  public enum Type {
    /** IEEE 754 single precision. */
    F32(Float.BYTES),
    /** IEEE 754 double precision. */
    F64(Double.BYTES);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    void put(double value, ByteBuffer to) {
      if (this == F32) {
        to.putFloat((float) value);
      } else {
        to.putDouble(value);
      }
    }

    double get(ByteBuffer from) {
      return this == F32 ? from.getFloat() : from.getDouble();
    }
  }

  /** Copies the shape. */
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
