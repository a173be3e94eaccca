package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/**
 * Sets a graph free of the number of samples that it was exported with: in the shape of its input,
 * in initial states of zeros, and where values take a shape that repeats their own number of
 * samples. What else is made for one number of samples stays so.
 */
final class FreeBatch {

  /** In a shape to reshape to, the extent that the value has already. */
  private static final double SAME_WHEN_RESHAPED = 0;

  /** In a shape to expand to, one that is spread over the extent that the value has already. */
  private static final double SAME_WHEN_EXPANDED = 1;

  /** The initial states of recurrent nodes. */
  private static final Set<Integer> STATES = Set.of(5, 6);

  private final Map<String, Tensor> constants;

  private FreeBatch(Graph graph) {
    this.constants = new LinkedHashMap<>(graph.constants());
  }

  /**
   * The same graph for any number of samples, as far as that can be seen.
   *
   * @param graph folded, with one input
   */
  static Graph of(Graph graph) {
    GraphStack stack = GraphStack.of(graph);
    GraphInput input = graph.inputs().get(0);
    long[] shape = input.shape();
    if (shape.length < 2) {
      return graph;
    }
    long frozen = shape[stack.batchAxis()];
    FreeBatch free = new FreeBatch(graph);
    List<Node> nodes = new ArrayList<>();
    graph.nodes().forEach(node -> nodes.add(free.withoutStates(node)));
    if (frozen > 0 && nodes.stream().anyMatch(node -> free.shape(node, frozen) != null)) {
      free.freeShapes(nodes, stack, (int) frozen);
    }
    shape[stack.batchAxis()] = -1;
    return new Graph(
        List.of(new GraphInput(input.name(), shape)), free.constants, nodes, graph.outputs());
  }

  /** A state of zeros is what there is without one. */
  private Node withoutStates(Node node) {
    if (!GraphLayer.RECURRENT.contains(node.operator())) {
      return node;
    }
    List<String> inputs = new ArrayList<>(node.inputs());
    for (int i = 0; i < inputs.size(); i++) {
      Tensor state = constants.get(inputs.get(i));
      if (STATES.contains(i)
          && state != null
          && Arrays.stream(state.values()).allMatch(value -> value == 0)) {
        inputs.set(i, "");
      }
    }
    return new Node(node.name(), node.operator(), inputs, node.outputs(), node.attributes());
  }

  /** The constant shape that a node gives its value, if one of its extents may be a batch's. */
  private double @Nullable [] shape(Node node, long frozen) {
    boolean reshapes =
        node.operator().equals("Reshape") && !node.attributes().flag("allowzero", false);
    if (!reshapes && !node.operator().equals("Expand") || node.inputs().size() < 2) {
      return null;
    }
    Tensor shape = constants.get(node.inputs().get(1));
    return shape != null && Arrays.stream(shape.values()).anyMatch(extent -> extent == frozen)
        ? shape.values()
        : null;
  }

  private void freeShapes(List<Node> nodes, GraphStack stack, int frozen) {
    Run run;
    try {
      int[] samples = new int[frozen];
      Arrays.setAll(samples, i -> i);
      Tensor drawn = new DrawnInputs(InputLayout.of(stack), frozen, 0).inputs(samples);
      run = new Interpreter(stack.graph()).run(Map.of(stack.input(), drawn));
    } catch (ModelRefusedException e) {
      // Whoever computes it with the user's own data is told.
      return;
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      double[] shape = shape(node, frozen);
      if (shape != null) {
        double same = node.operator().equals("Reshape") ? SAME_WHEN_RESHAPED : SAME_WHEN_EXPANDED;
        double[] freed = freed(shape, run.value(node.inputs().get(0)).shape(), frozen, same);
        String name = node.outputs().get(0) + "/shape";
        constants.put(name, Tensor.of(Tensor.Kind.INTEGER, freed, freed.length));
        nodes.set(
            i,
            new Node(
                node.name(),
                node.operator(),
                List.of(node.inputs().get(0), name),
                node.outputs(),
                node.attributes()));
      }
    }
  }

  /** With the batch's extent as that of the value, if all extents before it are those as well. */
  private static double[] freed(double[] shape, int[] value, int frozen, double same) {
    double[] freed = shape.clone();
    for (int axis = 0; axis < Math.min(shape.length, value.length); axis++) {
      if (shape[axis] == frozen && value[axis] == frozen) {
        freed[axis] = same;
        return freed;
      }
      if (shape[axis] != value[axis] && shape[axis] != 0) {
        return freed;
      }
    }
    return freed;
  }
}
