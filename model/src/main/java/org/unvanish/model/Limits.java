package org.unvanish.model;

import java.util.Arrays;

/**
 * How large a model may be that is read and computed. They are checked before memory is taken, so
 * that a damaged or hostile file is refused and not tried. A {@code Graph} and a {@code Tensor}
 * keep to {@link #DEFAULT} whatever the reader allows.
 *
 * @param fileBytes how long a file may be, with the files that it names
 * @param valueBytes how much all tensors of a model may take, and all values of one forward pass
 * @param nodes how many nodes a graph may have
 * @param depth how deeply messages, groups and containers may be nested
 * @since 0.1
 */
public record Limits(long fileBytes, long valueBytes, int nodes, int depth) {
  /** A file of 4 GiB, values of 8 GiB, 100,000 nodes, 64 levels. */
  public static final Limits DEFAULT = new Limits(4L << 30, 8L << 30, 100_000, 64);

  /**
   * @throws IllegalArgumentException if one of them is not positive
   */
  public Limits {
    if (fileBytes <= 0 || valueBytes <= 0 || nodes <= 0 || depth <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The same, but for how much tensors may take. */
  public Limits withValueBytes(long bytes) {
    return new Limits(fileBytes, bytes, nodes, depth);
  }

  /**
   * How many elements a shape has, if that many numbers of 8 bytes are allowed and fit into one
   * array. An extent of 0 does not make the others free: loops run over them.
   *
   * @param place what has this shape, for the message
   * @throws ModelRefusedException if not, or if an extent is negative
   */
  public int elements(String place, long... shape) {
    long most = Math.min(valueBytes / Double.BYTES, Integer.MAX_VALUE - 8);
    long size = 1;
    boolean empty = false;
    for (long extent : shape) {
      if (extent < 0) {
        throw new ModelRefusedException(
            place, "the shape " + Arrays.toString(shape) + " has a negative extent", "");
      }
      empty |= extent == 0;
      if (extent > 0 && size > most / extent) {
        throw new ModelRefusedException(
            place,
            "the shape " + Arrays.toString(shape) + " is too large",
            "At most " + most + " numbers are allowed.");
      }
      size *= Math.max(1, extent);
    }
    return empty ? 0 : (int) size;
  }
}
