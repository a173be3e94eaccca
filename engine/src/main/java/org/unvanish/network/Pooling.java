package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * One number for each tile of a channel. Rows and columns that fill no whole tile are left out:
 * nothing reads them, and their gradient is 0.
 *
 * @since 0.1
 */
public sealed interface Pooling extends Layer {

  /**
   * Rows of a tile.
   *
   * @param input what reaches it; it fits
   */
  int tileRows(Shape input);

  /**
   * Columns of a tile.
   *
   * @param input what reaches it; it fits
   */
  int tileColumns(Shape input);

  @Override
  default Role role() {
    return Role.POOLING;
  }

  @Override
  default boolean needsRowsAndColumns() {
    return true;
  }

  @Override
  default List<Parameters> parameters(Shape input) {
    return List.of();
  }

  @Override
  default Layer widened(int factor) {
    return this;
  }

  private static void requireSize(int size) {
    if (size < 2) {
      throw new IllegalArgumentException("a pooling size must be at least 2, but is " + size);
    }
  }

  /** A single row or column is one of each tile: a signal is pooled along its columns. */
  private static int tile(int size, int dimension) {
    return dimension == 1 ? 1 : size;
  }

  /** The output; errors call the layer by the kind's name. */
  private static Shape pooled(Pooling layer, int size, Shape input, String kind) {
    int rows = input.rows() / layer.tileRows(input);
    int columns = input.columns() / layer.tileColumns(input);
    if (rows < 1 || columns < 1 || (input.rows() == 1 && input.columns() == 1)) {
      throw new IllegalArgumentException(
          "%s by %d, needs %d rows and columns or more, but %s reaches it"
              .formatted(kind, size, size, input));
    }
    return new Shape(input.channels(), rows, columns);
  }

  /**
   * The maximum over size×size tiles; a gradient goes to the first maximum of its tile in row
   * order. Where the input has one row, a tile is that many columns of it.
   *
   * @param size of a tile, at least 2
   * @since 0.1
   */
  record MaxPooling(int size) implements Pooling {
    /**
     * @throws IllegalArgumentException if the size is below 2
     */
    public MaxPooling {
      Pooling.requireSize(size);
    }

    @Override
    public String name() {
      return "maxpool";
    }

    @Override
    public int tileRows(Shape input) {
      return Pooling.tile(size, input.rows());
    }

    @Override
    public int tileColumns(Shape input) {
      return Pooling.tile(size, input.columns());
    }

    @Override
    public Shape output(Shape input) {
      return Pooling.pooled(this, size, input, "max pooling");
    }
  }

  /**
   * The mean over size×size tiles. Where the input has one row, a tile is that many columns of it.
   *
   * @param size of a tile, at least 2
   * @since 0.1
   */
  record AveragePooling(int size) implements Pooling {
    /**
     * @throws IllegalArgumentException if the size is below 2
     */
    public AveragePooling {
      Pooling.requireSize(size);
    }

    @Override
    public String name() {
      return "avgpool";
    }

    @Override
    public int tileRows(Shape input) {
      return Pooling.tile(size, input.rows());
    }

    @Override
    public int tileColumns(Shape input) {
      return Pooling.tile(size, input.columns());
    }

    @Override
    public Shape output(Shape input) {
      return Pooling.pooled(this, size, input, "average pooling");
    }
  }

  /**
   * The mean over all rows and columns: one number for each channel.
   *
   * @since 0.1
   */
  record GlobalAveragePooling() implements Pooling {
    @Override
    public String name() {
      return "globalavgpool";
    }

    @Override
    public int tileRows(Shape input) {
      return input.rows();
    }

    @Override
    public int tileColumns(Shape input) {
      return input.columns();
    }

    @Override
    public Shape output(Shape input) {
      return Shape.flat(input.channels());
    }
  }
}
