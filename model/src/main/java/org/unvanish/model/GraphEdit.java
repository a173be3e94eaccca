package org.unvanish.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/**
 * A graph in which something is changed, between values that are called by their names. Whatever
 * was there before keeps its name, so that the same change fits a graph and what folding makes of
 * it.
 */
final class GraphEdit {

  private final Graph graph;
  private final Map<String, Tensor> constants;
  private final Set<String> taken = new HashSet<>();
  private List<Node> nodes;

  /** Of a graph, without a change yet. */
  GraphEdit(Graph graph) {
    this.graph = graph;
    this.constants = new LinkedHashMap<>(graph.constants());
    this.nodes = graph.nodes();
    taken.addAll(constants.keySet());
    graph.inputs().forEach(input -> taken.add(input.name()));
    graph.nodes().forEach(node -> taken.addAll(node.outputs()));
  }

  /** The graph with all changes. */
  Graph graph() {
    return new Graph(graph.inputs(), constants, nodes, graph.outputs());
  }

  /** Gives a constant of the graph other numbers. */
  void constant(String name, Tensor value) {
    Tensor before = constants.get(name);
    if (before == null || !before.hasShape(value.shape())) {
      throw new IllegalArgumentException("there is no constant " + name + " like " + value);
    }
    constants.put(name, value);
  }

  /**
   * Puts α·f(z/α) in the place of a function f, whatever nodes compute it.
   *
   * @param from the value z
   * @param to the value f(z)
   * @return the nodes that compute it now, in order
   * @throws ModelRefusedException if {@code to} is not computed of {@code from}
   */
  List<Node> scaled(String from, String to, double alpha) {
    List<Node> old = between(from, to);
    Scaling scaling = new Scaling(from, to, alpha);
    Map<Node, List<Node>> places = new LinkedHashMap<>();
    for (Node node : old) {
      places.put(
          node, new ArrayList<>(List.of(renamed(node, from, scaling.inner, to, scaling.outer))));
    }
    Objects.requireNonNull(places.get(old.get(0))).add(0, scaling.before());
    Objects.requireNonNull(places.get(producer(to, old))).add(scaling.after());
    return replace(places);
  }

  /** As {@link #scaled}, with f computed by another operator. */
  List<Node> replaced(String from, String to, String operator, double alpha) {
    Node last = producer(to, between(from, to));
    if (alpha == 1) {
      return inPlace(from, to, List.of(node(last.name(), operator, to, from)));
    }
    Scaling scaling = new Scaling(from, to, alpha);
    Node function = node(last.name(), operator, scaling.outer, scaling.inner);
    return inPlace(from, to, List.of(scaling.before(), function, scaling.after()));
  }

  /** Leaves out what computes one value of another. */
  void leaveOut(String from, String to) {
    Node last = producer(to, between(from, to));
    inPlace(from, to, List.of(node(last.name(), "Identity", to, from)));
  }

  /** Multiplies what some nodes read by a factor: those that compute one value of another. */
  void multiplyInput(String from, String to, double factor) {
    String scale = fresh(to + "/factor");
    String product = fresh(to + "/product");
    constants.put(scale, Tensor.scalar(factor));
    Map<Node, List<Node>> places = new LinkedHashMap<>();
    for (Node node : between(from, to)) {
      places.put(node, new ArrayList<>(List.of(renamed(node, from, product, to, to))));
    }
    places.values().iterator().next().add(0, node(product, "Mul", product, from, scale));
    replace(places);
  }

  /** The division before a function and the multiplication behind it. */
  private final class Scaling {
    private final String from;
    private final String to;
    private final String scale;
    private final String inner;
    private final String outer;

    Scaling(String from, String to, double alpha) {
      this.from = from;
      this.to = to;
      scale = fresh(to + "/alpha");
      inner = fresh(to + "/inner");
      outer = fresh(to + "/outer");
      constants.put(scale, Tensor.scalar(alpha));
    }

    Node before() {
      return node(inner, "Div", inner, from, scale);
    }

    Node after() {
      return node(outer, "Mul", to, outer, scale);
    }
  }

  private static Node node(String name, String operator, String output, String... inputs) {
    return new Node(name, operator, List.of(inputs), List.of(output), Attributes.NONE);
  }

  private static Node renamed(Node node, String from, String inner, String to, String outer) {
    return new Node(
        node.name(),
        node.operator(),
        node.inputs().stream().map(name -> name.equals(from) ? inner : name).toList(),
        node.outputs().stream().map(name -> name.equals(to) ? outer : name).toList(),
        node.attributes());
  }

  /** The nodes that compute one value of another, in order. */
  private List<Node> between(String from, String to) {
    Set<String> after = new HashSet<>(Set.of(from));
    Set<Node> readers = new HashSet<>();
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(after::contains)) {
        after.addAll(node.outputs());
        after.remove("");
        readers.add(node);
      }
    }
    Set<String> before = new HashSet<>(Set.of(to));
    List<Node> between = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(before::contains)) {
        before.addAll(node.inputs());
        if (readers.contains(node)) {
          between.add(0, node);
        }
      }
    }
    if (between.isEmpty()) {
      throw new ModelRefusedException(
          "the graph", "\"" + to + "\" is not computed of \"" + from + "\"", "");
    }
    return between;
  }

  private static Node producer(String value, List<Node> nodes) {
    return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst().orElseThrow();
  }

  /** Other nodes that compute one value of another, and none of the old ones that nobody needs. */
  private List<Node> inPlace(String from, String to, List<Node> made) {
    List<Node> old = between(from, to);
    Node last = producer(to, old);
    Map<Node, List<Node>> places = new LinkedHashMap<>();
    Set<String> read = new HashSet<>(graph.outputs());
    nodes.stream().filter(node -> !old.contains(node)).forEach(node -> read.addAll(node.inputs()));
    for (int i = old.size() - 1; i >= 0; i--) {
      Node node = old.get(i);
      if (node == last) {
        places.put(node, made);
      } else if (node.outputs().stream().anyMatch(read::contains)) {
        read.addAll(node.inputs());
      } else {
        places.put(node, List.of());
      }
    }
    replace(places);
    return made;
  }

  private List<Node> replace(Map<Node, List<Node>> places) {
    nodes =
        nodes.stream().flatMap(node -> places.getOrDefault(node, List.of(node)).stream()).toList();
    return places.values().stream().flatMap(Collection::stream).toList();
  }

  private String fresh(String name) {
    String fresh = name;
    for (int i = 2; !taken.add(fresh); i++) {
      fresh = name + i;
    }
    return fresh;
  }
}
