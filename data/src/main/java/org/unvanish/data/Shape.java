package org.unvanish.data;

/**
 * The shape of one sample at one place of a network.
 *
 * @param channels at least 1
 * @param rows at least 1
 * @param columns at least 1
 * @since 0.1
 */
public record Shape(int channels, int rows, int columns) {
  /**
   * @throws IllegalArgumentException if a dimension is below 1, or there are more values than an
   *     array holds
   */
  public Shape {
    if (channels < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a shape needs positive dimensions, but is " + channels + "×" + rows + "×" + columns);
    }
    if ((double) channels * rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a shape of " + channels + "×" + rows + "×" + columns + " has too many values");
    }
  }

  /** The shape of a flat layer of units. */
  public static Shape flat(int units) {
    return new Shape(units, 1, 1);
  }

  /** The number of values. */
  public int size() {
    return channels * rows * columns;
  }

  /** Whether there are neither rows nor columns, as in a table or behind a dense layer. */
  public boolean isFlat() {
    return rows == 1 && columns == 1;
  }

  /** Whether it is that of a sequence: a row for each of several time steps, and one column. */
  public boolean isSequence() {
    return rows > 1 && columns == 1;
  }

  /** For people: how many values where it is flat, else {@link #toString}. */
  public String title() {
    return isFlat() ? Integer.toString(channels) : toString();
  }

  /** As channels×rows×columns. */
  @Override
  public String toString() {
    return channels + "×" + rows + "×" + columns;
  }
}
