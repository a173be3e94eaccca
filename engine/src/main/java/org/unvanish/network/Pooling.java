package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/** One number for each size×size tile of a channel. */
public sealed interface Pooling extends Layer {

  /** Rows and columns of a tile, at least 2; must divide rows and columns of what it reads. */
  int size();

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

  /** The output; errors call the layer by the kind's name. */
  private static Shape pooled(int size, Shape input, String kind) {
    if (input.rows() % size != 0 || input.columns() % size != 0) {
      throw new IllegalArgumentException(
          kind
              + " by "
              + size
              + ", needs rows and columns divisible by "
              + size
              + ", but "
              + input
              + " reaches it");
    }
    return new Shape(input.channels(), input.rows() / size, input.columns() / size);
  }

  /**
   * The maximum over size×size tiles; a gradient goes to the first maximum of its tile in row
   * order.
   *
   * @param size of a tile, at least 2; must divide rows and columns
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
    public Shape output(Shape input) {
      return Pooling.pooled(size, input, "max pooling");
    }
  }

  /**
   * The mean over size×size tiles.
   *
   * @param size of a tile, at least 2; must divide rows and columns
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
    public Shape output(Shape input) {
      return Pooling.pooled(size, input, "average pooling");
    }
  }
}
