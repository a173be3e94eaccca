package org.unvanish.model.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.unvanish.model.ModelRefusedException;

/**
 * One forward pass, with every value, and the gradients that go back through it.
 *
 * @since 0.1
 */
public final class Run {
  private final Graph graph;
  private final Map<String, Tensor> values;

  Run(Graph graph, Map<String, Tensor> values) {
    this.graph = graph;
    this.values = values;
  }

  /** Every value by name: the inputs, the constants and what nodes computed. */
  public Map<String, Tensor> values() {
    return Collections.unmodifiableMap(values);
  }

  /**
   * One value.
   *
   * @throws ModelRefusedException if there is none of that name
   */
  public Tensor value(String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new ModelRefusedException("the graph", "it has no value \"" + name + "\"", "");
    }
    return value;
  }

  /** The graph's outputs, in its order. */
  public List<Tensor> outputs() {
    return graph.outputs().stream().map(this::value).toList();
  }

  /**
   * A backward pass: of a scalar function of the values whose gradient is known at some of them.
   * What is given at a value is added to what comes back to it from its readers.
   *
   * @param gradients with respect to values, by name, in their shapes
   * @return with respect to every floating-point value that the given ones depend on, constants and
   *     inputs among them, by name; a value that is missing has a gradient of 0
   * @throws ModelRefusedException if a gradient is given for an unknown value or in another shape
   */
  public Map<String, Tensor> backward(Map<String, Tensor> gradients) {
    throw new UnsupportedOperationException("not built yet: " + gradients);
  }
}
