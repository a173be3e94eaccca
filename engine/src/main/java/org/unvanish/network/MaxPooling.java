package org.unvanish.network;

import org.unvanish.data.Shape;

/**
 * The maximum over size×size tiles; a gradient goes to the first maximum of its tile in row order.
 *
 * @param size of a tile, at least 2; must divide rows and columns
 * @since 0.1
 */
public record MaxPooling(int size) implements Pooling {
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
