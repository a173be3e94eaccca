package org.unvanish.model.graph;

import java.util.Map;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * Computes a graph in double precision, keeping every value.
 *
 * @since 0.1
 */
public final class Interpreter {
  private final Graph graph;
  private final Limits limits;

  /** Of a graph, within the {@link Limits#DEFAULT default limits}. */
  public Interpreter(Graph graph) {
    this(graph, Limits.DEFAULT);
  }

  /**
   * Of a graph.
   *
   * @param limits how much memory the values of one run may take
   */
  public Interpreter(Graph graph, Limits limits) {
    this.graph = graph;
    this.limits = limits;
  }

  /**
   * A forward pass.
   *
   * @param inputs a tensor for each of the graph's inputs, by name
   * @throws ModelRefusedException if one is missing or has another shape, or a node cannot be
   *     computed with it; names the node
   */
  public Run run(Map<String, Tensor> inputs) {
    throw new UnsupportedOperationException("not built yet: " + graph + limits + inputs);
  }
}
