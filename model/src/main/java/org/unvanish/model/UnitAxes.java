package org.unvanish.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/**
 * Along which axis of a value the units of a network lie. The layer before says it: convolutions
 * and normalizations by channel have them second, products with weights and recurrent nodes last.
 * What moves axes takes them along.
 */
final class UnitAxes {

  private final Graph graph;
  private final Run run;
  private final Map<String, Integer> axes = new HashMap<>();

  private UnitAxes(Graph graph, Run run) {
    this.graph = graph;
    this.run = run;
  }

  /**
   * By the names of values; those are left out whose units nobody can tell.
   *
   * @param run of the graph
   */
  static Map<String, Integer> of(Graph graph, Run run) {
    UnitAxes all = new UnitAxes(graph, run);
    for (Node node : graph.nodes()) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          Tensor made = run.value(output);
          all.axis(node, made)
              .filter(axis -> axis >= 0 && axis < made.rank())
              .ifPresent(axis -> all.axes.put(output, axis));
        }
      }
    }
    return all.axes;
  }

  private Optional<Integer> axis(Node node, Tensor made) {
    return switch (node.operator()) {
      case "Conv", "BatchNormalization", "InstanceNormalization" -> Optional.of(1);
      case "MatMul", "Gemm" -> Optional.of(made.rank() - (isWeightsFirst(node) ? 2 : 1));
      case "RNN", "LSTM", "GRU" -> Optional.of(made.rank() - 1);
      case "Gather" ->
          graph.constants().containsKey(node.inputs().get(0))
              ? Optional.of(made.rank() - 1)
              : moved(node, made);
      default -> moved(node, made);
    };
  }

  private boolean isWeightsFirst(Node node) {
    return graph.constants().containsKey(node.inputs().get(0))
        && !graph.constants().containsKey(node.inputs().get(1));
  }

  /** Where the units of what a node reads are in what it makes of them. */
  private Optional<Integer> moved(Node node, Tensor made) {
    Optional<String> read =
        node.inputs().stream()
            .filter(axes::containsKey)
            .filter(input -> run.value(input).rank() == made.rank())
            .findFirst()
            .or(() -> node.inputs().stream().filter(axes::containsKey).findFirst());
    Integer axis = read.map(axes::get).orElse(null);
    if (axis == null) {
      return Optional.empty();
    }
    Tensor before = run.value(read.get());
    if (node.operator().equals("Transpose")) {
      return Optional.of(transposed(node, axis, before.rank()));
    }
    boolean reshapes = node.operator().equals("Reshape") || before.rank() != made.rank();
    return reshapes ? reshaped(axis, before.shape(), made.shape()) : Optional.of(axis);
  }

  private static int transposed(Node node, int axis, int rank) {
    long[] order = node.attributes().integers("perm");
    for (int i = 0; i < order.length; i++) {
      if (order[i] == axis) {
        return i;
      }
    }
    return rank - 1 - axis;
  }

  /** The axis of as many units with as many values before it; none where units are split. */
  private static Optional<Integer> reshaped(int axis, int[] from, int[] to) {
    long before = 1;
    for (int i = 0; i < axis; i++) {
      before *= from[i];
    }
    long passed = 1;
    for (int i = 0; i < to.length; i++) {
      if (passed == before && to[i] == from[axis]) {
        return Optional.of(i);
      }
      passed *= to[i];
    }
    return Optional.empty();
  }
}
