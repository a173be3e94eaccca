package org.unvanish.data.format.numpy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An array as NumPy keeps it: numbers of any type, here as doubles.
 *
 * @param shape each at least 0; none of a single number
 * @param values in C order, the last index running fastest; not to be changed
 * @param kind what the numbers are
 */
// Identity is enough: nobody compares arrays.
@SuppressWarnings("ArrayRecordComponent")
public record NumpyArray(List<Integer> shape, double[] values, Kind kind) {

  /** What the numbers of an array are. */
  public enum Kind {
    /** Floating-point numbers. */
    REAL,
    /** Integers, or truth values, as classes are. */
    INTEGER,
    /** Integers from 0 to 255, as pixels are. */
    BYTE
  }

  /**
   * @throws IllegalArgumentException if the values are not as many as the shape asks for
   */
  public NumpyArray {
    shape = List.copyOf(shape);
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          values.length + " values do not fill an array of shape " + shape);
    }
  }

  /** Whether they are integers or truth values. */
  public boolean isInteger() {
    return kind != Kind.REAL;
  }

  /** How many numbers each sample has, where the samples lie along the first axis. */
  public int sampleSize() {
    return shape.isEmpty() || shape.get(0) == 0 ? 0 : values.length / shape.get(0);
  }

  /** {@code 60×28×28}. */
  public String title() {
    return shape.isEmpty()
        ? "one number"
        : shape.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }
}
