package org.unvanish.model.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.data.Shape;
import org.unvanish.model.GraphLayer;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/**
 * Nodes of a graph that are to become one layer of the engine, where they stand.
 *
 * @param layer to which they belong
 * @param nodes what computes it, in order, without those that only move values
 * @param input what reaches them
 * @param values constants and places, by the names of the graph's values
 */
record Site(GraphLayer layer, List<Node> nodes, Places input, Map<String, Tensor> values) {

  /** The first of the nodes. */
  Node first() {
    return nodes.get(0);
  }

  /** The only node, where no other may stand. */
  Node only() {
    if (nodes.size() > 1) {
      throw refused(
          "it is made of several nodes (%s), which are no one layer of the engine"
              .formatted(nodes.stream().map(Node::operator).collect(Collectors.joining(", "))));
    }
    return first();
  }

  /** An optional input of a node. */
  Optional<Tensor> given(Node node, int index) {
    return index < node.inputs().size()
        ? Optional.ofNullable(values.get(node.inputs().get(index)))
        : Optional.empty();
  }

  /** A constant that a node needs. */
  Tensor need(Node node, int index) {
    return given(node, index)
        .orElseThrow(() -> refused("its input " + index + " is no constant of the file"));
  }

  /** The shape that reaches it, in the engine. */
  Shape shape() {
    return input.shape();
  }

  /** For each channel of the graph that of the engine; refused where they are mixed. */
  int[] channels() {
    return input.channels().orElseThrow(this::mixed);
  }

  /** As {@link #channels}, with rows and columns in the engine's order. */
  int[] planes() {
    return input.planes().orElseThrow(this::mixed);
  }

  private ModelRefusedException mixed() {
    return refused(
        "the values that reach it stand in an order that the engine's layer does not read");
  }

  /** The shape of what a node puts out. */
  int[] extents(Node node) {
    return first(node, values).shape();
  }

  /** What a node puts out for other values than those that reach it. */
  Tensor computed(Node node, Tensor input) {
    Map<String, Tensor> changed = new HashMap<>(values);
    changed.put(node.inputs().get(0), input);
    return first(node, changed);
  }

  private static Tensor first(Node node, Map<String, Tensor> values) {
    return Objects.requireNonNull(computed(node, values).get(node.outputs().get(0)), "an output");
  }

  /** All that a node puts out, by name. */
  static Map<String, Tensor> computed(Node node, Map<String, Tensor> values) {
    Map<String, Tensor> read = new HashMap<>();
    for (String name : node.inputs()) {
      Tensor value = values.get(name);
      if (value != null) {
        read.put(name, value);
      }
    }
    List<String> outputs = node.outputs().stream().filter(name -> !name.isEmpty()).toList();
    Run run = new Interpreter(new Graph(List.of(), read, List.of(node), outputs)).run(Map.of());
    Map<String, Tensor> made = new HashMap<>();
    outputs.forEach(name -> made.put(name, run.value(name)));
    return made;
  }

  ModelRefusedException refused(String reason) {
    return new ModelRefusedException("layer \"" + layer.name() + "\"", reason, "");
  }
}
