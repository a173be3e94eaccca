package org.unvanish.model.graph;

import java.util.Arrays;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * How much the values of one pass through a graph may still take. It is asked before memory is
 * taken, and never gives back: all values of a pass are kept.
 */
final class Memory {
  private final Limits limits;
  private long left;

  Memory(Limits limits) {
    this.limits = limits;
    left = limits.valueBytes();
  }

  /** A tensor of zeros. */
  Tensor zeros(Tensor.Kind kind, int... shape) {
    return Tensor.of(kind, take(shape), shape);
  }

  /** Zeros, as many as a shape has elements. */
  double[] take(int... shape) {
    long[] extents = Arrays.stream(shape).asLongStream().toArray();
    int size = limits.elements("", extents);
    long bytes = (long) size * Double.BYTES;
    if (bytes > left) {
      throw new ModelRefusedException(
          "",
          "its value of the shape " + Arrays.toString(shape) + " does not fit into memory",
          "All values together may take "
              + limits.valueBytes()
              + " bytes. Give fewer samples at once.");
    }
    left -= bytes;
    return new double[size];
  }

  /** How much was taken, in bytes. */
  long taken() {
    return limits.valueBytes() - left;
  }
}
