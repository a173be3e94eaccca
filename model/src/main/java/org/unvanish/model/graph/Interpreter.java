package org.unvanish.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** Computes a graph in double precision, keeping every value. */
public final class Interpreter {
  private final Graph graph;
  private final Limits limits;

  /** Of a graph, within the {@link Limits#DEFAULT default limits}. */
  public Interpreter(Graph graph) {
    this(graph, Limits.DEFAULT);
  }

  /**
   * Of a graph.
   *
   * @param limits how much memory the values of one forward pass may take, and those of a backward
   *     pass
   */
  public Interpreter(Graph graph, Limits limits) {
    this.graph = graph;
    this.limits = limits;
  }

  /**
   * A forward pass.
   *
   * @param inputs a tensor for each of the graph's inputs, by name
   * @throws ModelRefusedException if one is missing or has another shape, or a node cannot be
   *     computed with it; names the node
   */
  public Run run(Map<String, Tensor> inputs) {
    Memory memory = new Memory(limits);
    Map<String, Tensor> values = new LinkedHashMap<>(graph.constants());
    for (GraphInput input : graph.inputs()) {
      Tensor given = inputs.get(input.name());
      if (given == null || !fits(input.shape(), given.shape())) {
        throw new ModelRefusedException(
            "input \"" + input.name() + "\"",
            given == null
                ? "no values are given for it"
                : "the shape "
                    + Arrays.toString(given.shape())
                    + " does not fit "
                    + Arrays.toString(input.shape()),
            "");
      }
      values.put(input.name(), given);
    }
    List<List<Tensor>> outputs = new ArrayList<>();
    for (Node node : graph.nodes()) {
      outputs.add(compute(node, values, memory));
    }
    return new Run(graph, limits, values, outputs, memory.taken());
  }

  private static boolean fits(long[] shape, int[] given) {
    boolean fits = shape.length == given.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] < 0 || shape[i] == given[i];
    }
    return fits;
  }

  /** Computes a node and puts what it names among the values. */
  static List<Tensor> compute(Node node, Map<String, Tensor> values, Memory memory) {
    List<Tensor> outputs;
    try {
      outputs = Operators.of(node).forward(new Call(node, inputs(node, values), memory));
      if (outputs.size() < node.outputs().size()) {
        throw new ModelRefusedException(
            "", "it has only " + outputs.size() + " outputs that can be computed", "");
      }
    } catch (ModelRefusedException e) {
      throw e.in(node.place());
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      if (!node.outputs().get(i).isEmpty()) {
        values.put(node.outputs().get(i), outputs.get(i));
      }
    }
    return outputs;
  }

  static List<@Nullable Tensor> inputs(Node node, Map<String, Tensor> values) {
    List<@Nullable Tensor> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      inputs.add(values.get(input));
    }
    return inputs;
  }
}
