package org.unvanish.model.graph;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** Whether a graph can be computed in its order. */
final class GraphCheck {
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
      Operators.of(node);
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

  static Set<String> parameters(Graph graph) {
    Set<String> result = new LinkedHashSet<>();
    return result;
  }

  private static void define(String name, Set<String> known, String place) {
    if (!known.add(name)) {
      throw new ModelRefusedException(place, "\"" + name + "\" is defined twice", "");
    }
  }
}
