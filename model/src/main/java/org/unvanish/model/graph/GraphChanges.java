package org.unvanish.model.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.model.ModelRefusedException;

/**
 * A graph with a remedy in it: other weights, and activation functions that are scaled. Names of
 * what was there before stay the same.
 *
 * @since 0.1
 */
public final class GraphChanges {
  private Graph graph;

  /** Of a graph, without a change yet. */
  public GraphChanges(Graph graph) {
    this.graph = graph;
  }

  /**
   * Gives a constant other numbers.
   *
   * @throws ModelRefusedException if there is no constant of that name and shape
   */
  public GraphChanges constant(String name, Tensor value) {
    Tensor before = graph.constants().get(name);
    if (before == null || !before.hasShape(value.shape())) {
      throw new ModelRefusedException(
          "the graph", "it has no constant \"" + name + "\" of the shape of " + value, "");
    }
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.put(name, value);
    graph = new Graph(graph.inputs(), constants, graph.nodes(), graph.outputs());
    return this;
  }

  /**
   * Puts α·f(z/α) in the place of f(z), where f may be made of several nodes.
   *
   * @param from the value z
   * @param to the value f(z)
   * @throws ModelRefusedException if {@code to} is not computed of {@code from}
   */
  public GraphChanges scaled(String from, String to, double alpha) {
    Set<Node> between = between(from, to);
    String scale = fresh(to + "/alpha");
    String inner = fresh(to + "/inner");
    String outer = fresh(to + "/outer");
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.put(scale, Tensor.scalar(alpha));
    List<Node> nodes = new ArrayList<>();
    boolean divided = false;
    for (Node node : graph.nodes()) {
      if (!between.contains(node)) {
        nodes.add(node);
        continue;
      }
      if (!divided) {
        nodes.add(new Node(inner, "Div", List.of(from, scale), List.of(inner), Attributes.NONE));
        divided = true;
      }
      nodes.add(
          new Node(
              node.name(),
              node.operator(),
              renamed(node.inputs(), from, inner),
              renamed(node.outputs(), to, outer),
              node.attributes()));
      if (node.outputs().contains(to)) {
        nodes.add(new Node(outer, "Mul", List.of(outer, scale), List.of(to), Attributes.NONE));
      }
    }
    graph = new Graph(graph.inputs(), constants, nodes, graph.outputs());
    return this;
  }

  /** The graph with all changes. */
  public Graph graph() {
    return graph;
  }

  /** The nodes that compute one value of another. */
  private Set<Node> between(String from, String to) {
    Set<String> after = new HashSet<>(Set.of(from));
    Set<Node> readers = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(after::contains)) {
        after.addAll(node.outputs());
        after.remove("");
        readers.add(node);
      }
    }
    Set<String> before = new HashSet<>(Set.of(to));
    Set<Node> between = new HashSet<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (node.outputs().stream().anyMatch(before::contains)) {
        before.addAll(node.inputs());
        if (readers.contains(node)) {
          between.add(node);
        }
      }
    }
    if (between.isEmpty()) {
      throw new ModelRefusedException(
          "the graph", "\"" + to + "\" is not computed of \"" + from + "\"", "");
    }
    return between;
  }

  private static List<String> renamed(List<String> names, String old, String fresh) {
    return names.stream().map(name -> name.equals(old) ? fresh : name).toList();
  }

  private String fresh(String name) {
    Set<String> taken = new HashSet<>(graph.constants().keySet());
    graph.inputs().forEach(input -> taken.add(input.name()));
    graph.nodes().forEach(node -> taken.addAll(node.outputs()));
    String fresh = name;
    for (int i = 2; taken.contains(fresh); i++) {
      fresh = name + i;
    }
    return fresh;
  }
}
