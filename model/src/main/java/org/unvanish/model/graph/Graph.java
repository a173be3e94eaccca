package org.unvanish.model.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * What a model computes: nodes in an order in which each comes after those that it reads.
 *
 * @param inputs what is given to it, without the constants
 * @param constants weights, biases and all else that the file has values of, by name
 * @param nodes at most {@link Limits#nodes} of {@link Limits#DEFAULT}, in the order in which they
 *     are computed
 * @param outputs names of the values that it is for
 * @since 0.1
 */
public record Graph(
    List<GraphInput> inputs,
    Map<String, Tensor> constants,
    List<Node> nodes,
    List<String> outputs) {
  /**
   * Copies the lists, keeping the order of the constants.
   *
   * @throws ModelRefusedException if a name is defined twice or read before it is defined, a node
   *     has an unknown operator, or there are too many nodes
   */
  public Graph {
    inputs = List.copyOf(inputs);
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    GraphCheck.check(inputs, constants, nodes, outputs);
  }

  /**
   * The names of constants that training would change, in the order of the nodes that read them:
   * floating-point ones that are used as weights, biases, scales or shifts. Statistics of batches
   * and initial states are not among them.
   */
  public List<String> parameters() {
    return GraphCheck.parameters(this);
  }

  /** The node that computes a value; empty if it is an input, a constant or unknown. */
  public Optional<Node> producer(String value) {
    return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst();
  }

  /** The nodes that read a value, in order. */
  public List<Node> readers(String value) {
    return nodes.stream().filter(node -> node.inputs().contains(value)).toList();
  }
}
