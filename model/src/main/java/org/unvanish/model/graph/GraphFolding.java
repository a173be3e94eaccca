package org.unvanish.model.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * Computes once what does not depend on a graph's inputs, such as shapes that an exporter took
 * apart and put together again.
 */
public final class GraphFolding {
  /** Operators of which constants alone would be too much work for what they make. */
  private static final Set<String> KEPT =
      Set.of("Conv", "MaxPool", "AveragePool", "RNN", "LSTM", "GRU");

  /** Of what folding makes beyond what the constants have: shapes are small. */
  private static final long MOST_BYTES = 64L << 20;

  private GraphFolding() {}

  /**
   * The same graph with a constant in place of each node that reads constants only, and without the
   * nodes that give a constant another name. What training would change is no constant: a node that
   * reads a {@link Graph#parameters parameter} stays. So does one that cannot be computed or would
   * take much memory. Constants that nobody reads any more are gone.
   */
  public static Graph fold(Graph graph) {
    return fold(graph, new HashSet<>(graph.parameters()));
  }

  /**
   * As {@link #fold}, with what is made of parameters alone as a constant as well, for those who
   * measure a graph and do not change it: weights that are transposed or put together before use.
   */
  public static Graph foldAll(Graph graph) {
    return fold(graph, Set.of());
  }

  private static Graph fold(Graph graph, Set<String> parameters) {
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    List<Node> nodes = new ArrayList<>();
    long bytes = MOST_BYTES;
    for (Tensor constant : graph.constants().values()) {
      bytes += (long) constant.size() * Double.BYTES;
    }
    Memory memory = new Memory(Limits.DEFAULT.withValueBytes(bytes));
    Map<String, String> names = new HashMap<>();
    for (Node given : graph.nodes()) {
      Node node = renamed(given, names);
      if (isOtherName(node, constants, graph)) {
        names.put(node.outputs().get(0), node.inputs().get(0));
      } else if (!isConstant(node, constants, parameters) || !computes(node, constants, memory)) {
        nodes.add(node);
      }
    }
    Set<String> read = new HashSet<>(graph.outputs());
    nodes.forEach(node -> read.addAll(node.inputs()));
    constants.keySet().retainAll(read);
    return new Graph(graph.inputs(), constants, nodes, graph.outputs());
  }

  private static Node renamed(Node node, Map<String, String> names) {
    List<String> inputs =
        node.inputs().stream().map(input -> names.getOrDefault(input, input)).toList();
    return new Node(node.name(), node.operator(), inputs, node.outputs(), node.attributes());
  }

  private static boolean isOtherName(Node node, Map<String, Tensor> constants, Graph graph) {
    return node.operator().equals("Identity")
        && node.outputs().size() == 1
        && constants.containsKey(node.inputs().get(0))
        && !graph.outputs().contains(node.outputs().get(0));
  }

  private static boolean isConstant(
      Node node, Map<String, Tensor> constants, Set<String> parameters) {
    return !KEPT.contains(node.operator())
        && node.inputs().stream()
            .allMatch(
                input ->
                    input.isEmpty()
                        || (constants.containsKey(input) && !parameters.contains(input)));
  }

  private static boolean computes(Node node, Map<String, Tensor> constants, Memory memory) {
    try {
      Interpreter.compute(node, constants, memory);
      return true;
    } catch (ModelRefusedException e) {
      // Whoever runs the graph is told.
      return false;
    }
  }
}
