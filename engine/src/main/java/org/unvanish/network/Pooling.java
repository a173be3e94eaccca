package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/** One number for each size×size tile of a channel. */
public sealed interface Pooling extends Layer permits MaxPooling, AveragePooling {

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
}
