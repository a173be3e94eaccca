package org.unvanish.model.graph;

/**
 * A value that is given to a graph.
 *
 * @param name what nodes call it
 * @param shape its extents; −1 for one that may be of any length, such as the batch
 * @since 0.1
 */
public record GraphInput(String name, long... shape) {
  /** Copies the extents. */
  public GraphInput {
    shape = shape.clone();
  }

  /** The extents, as a copy. */
  @Override
  public long[] shape() {
    return shape.clone();
  }
}
