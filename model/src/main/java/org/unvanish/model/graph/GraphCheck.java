package org.unvanish.model.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** Whether a graph can be computed in its order. */
final class GraphCheck {
  /** Operators behind which a constant is still itself, or a part of it. */
  private static final Set<String> PASSING =
      Set.of(
          "Identity",
          "Cast",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Slice",
          "Split",
          "Expand",
          "Concat",
          "Dropout");

  private GraphCheck() {}

  static void check(
      List<GraphInput> inputs,
      Map<String, Tensor> constants,
      List<Node> nodes,
      List<String> outputs) {
    if (nodes.size() > Limits.DEFAULT.nodes()) {
      throw new ModelRefusedException(
          "the graph",
          nodes.size() + " nodes are more than " + Limits.DEFAULT.nodes(),
          "Give a part of the model.");
    }
    Set<String> known = new HashSet<>(constants.keySet());
    for (GraphInput input : inputs) {
      define(input.name(), known, "the graph");
    }
    for (Node node : nodes) {
      Operators.Entry entry = Operators.entry(node);
      int given = node.inputs().size();
      if (given < entry.least() || given > entry.most()) {
        throw new ModelRefusedException(node.place(), "it has " + given + " inputs", "");
      }
      for (String input : node.inputs()) {
        if (!input.isEmpty() && !known.contains(input)) {
          throw new ModelRefusedException(
              node.place(), "it reads \"" + input + "\", which nothing before it computes", "");
        }
      }
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          define(output, known, node.place());
        }
      }
    }
    for (String output : outputs) {
      if (!known.contains(output)) {
        throw new ModelRefusedException(
            "the graph", "nothing computes its output \"" + output + "\"", "");
      }
    }
  }

  static List<String> parameters(Graph graph) {
    Map<String, Node> producers = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Set<String> result = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
      boolean elementwise = node.operator().equals("Add") || node.operator().equals("Mul");
      for (int position : Operators.entry(node).parameters()) {
        if (position < node.inputs().size()) {
          String name = node.inputs().get(position);
          for (String constant : constants(name, graph, producers, seen)) {
            Tensor tensor = graph.constants().get(constant);
            // A single number in a sum or a product is part of a formula, such as that of GELU.
            if (tensor.kind() == Tensor.Kind.FLOAT && !(elementwise && tensor.size() == 1)) {
              result.add(constant);
            }
          }
        }
      }
    }
    return List.copyOf(result);
  }

  /** The constants that a value is made of by operators that pass them on. */
  private static List<String> constants(
      String value, Graph graph, Map<String, Node> producers, Set<String> seen) {
    List<String> result = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      String name = open.pop();
      Node producer = producers.get(name);
      if (graph.constants().containsKey(name)) {
        result.add(name);
      } else if (producer != null && PASSING.contains(producer.operator()) && seen.add(name)) {
        boolean all = producer.operator().equals("Concat");
        open.addAll(all ? producer.inputs() : producer.inputs().subList(0, 1));
      }
    }
    return result;
  }

  private static void define(String name, Set<String> known, String place) {
    if (!known.add(name)) {
      throw new ModelRefusedException(place, "\"" + name + "\" is defined twice", "");
    }
  }
}
