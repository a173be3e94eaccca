package org.unvanish.network;

import org.unvanish.data.Shape;

/**
 * The mean over size×size tiles.
 *
 * @param size of a tile, at least 2; must divide rows and columns
 * @since 0.1
 */
public record AveragePooling(int size) implements Pooling {
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
