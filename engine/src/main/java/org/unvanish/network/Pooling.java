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
      LayerChecks.requirePoolingSize(size);
    }

    @Override
    public String name() {
      return "maxpool";
    }

    @Override
    public Shape output(Shape input) {
      return LayerChecks.pooled(this, input, "max pooling");
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
      LayerChecks.requirePoolingSize(size);
    }

    @Override
    public String name() {
      return "avgpool";
    }

    @Override
    public Shape output(Shape input) {
      return LayerChecks.pooled(this, input, "average pooling");
    }
  }
}
