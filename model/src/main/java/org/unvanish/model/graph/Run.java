package org.unvanish.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** One forward pass, with every value, and the gradients that go back through it. */
public final class Run {
  private final Graph graph;
  private final Limits limits;
  private final Map<String, Tensor> values;

  /** What each node's operator answered: all that its node names, and what it remembers. */
  private final List<List<Tensor>> outputs;

  /** Where nodes stand in the graph, by the values that they compute. */
  private final Map<String, Integer> places = new HashMap<>();

  private final long bytes;

  /**
   * @param bytes that its values have taken
   */
  Run(
      Graph graph,
      Limits limits,
      Map<String, Tensor> values,
      List<List<Tensor>> outputs,
      long bytes) {
    this.graph = graph;
    this.limits = limits;
    this.values = values;
    this.outputs = outputs;
    this.bytes = bytes;
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String output : graph.nodes().get(i).outputs()) {
        places.put(output, i);
      }
    }
  }

  /** Every value by name: the inputs, the constants and what nodes computed. */
  public Map<String, Tensor> values() {
    return Collections.unmodifiableMap(values);
  }

  /** What its values have taken in memory, with all that operators needed to compute them. */
  public long bytes() {
    return bytes;
  }

  /**
   * One value.
   *
   * @throws ModelRefusedException if there is none of that name
   */
  public Tensor value(String name) {
    Tensor value = values.get(name);
    if (value == null) {
      throw new ModelRefusedException("the graph", "it has no value \"" + name + "\"", "");
    }
    return value;
  }

  /** The graph's outputs, in its order. */
  public List<Tensor> outputs() {
    return graph.outputs().stream().map(this::value).toList();
  }

  /**
   * A backward pass: of a scalar function of the values whose gradient is known at some of them.
   * What is given at a value is added to what comes back to it from its readers.
   *
   * @param gradients with respect to values, by name, in their shapes
   * @return with respect to every floating-point value that the given ones depend on, constants and
   *     inputs among them, by name; a value that is missing has a gradient of 0
   * @throws ModelRefusedException if a gradient is given for an unknown value or in another shape
   */
  public Map<String, Tensor> backward(Map<String, Tensor> gradients) {
    Map<String, Tensor> known = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          if (!gradient.hasShape(value(name).shape())) {
            throw new ModelRefusedException(
                "value \"" + name + "\"",
                "a gradient of the shape "
                    + Arrays.toString(gradient.shape())
                    + " is given, and it has the shape "
                    + Arrays.toString(value(name).shape()),
                "");
          }
          known.put(name, gradient);
        });
    Memory memory = new Memory(limits);
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      List<@Nullable Tensor> ofOutputs = new ArrayList<>();
      for (int k = 0; k < outputs.get(i).size(); k++) {
        ofOutputs.add(k < node.outputs().size() ? known.get(node.outputs().get(k)) : null);
      }
      if (ofOutputs.stream().anyMatch(Objects::nonNull)) {
        List<@Nullable Tensor> ofInputs = pass(node, outputs.get(i), ofOutputs, memory);
        for (int k = 0; k < ofInputs.size(); k++) {
          Tensor gradient = ofInputs.get(k);
          if (gradient != null) {
            known.merge(node.inputs().get(k), gradient, (a, b) -> sum(a, b, memory));
          }
        }
      }
    }
    return known;
  }

  /**
   * Passes a gradient back through one node, for those who look at it on its way.
   *
   * @param node one of the graph's
   * @param ofOutputs with respect to each output that it names, null for 0; not all are
   * @return with respect to each input, null for 0 and for those that have none
   * @throws ModelRefusedException if the graph has no such node
   */
  public List<@Nullable Tensor> backward(Node node, List<@Nullable Tensor> ofOutputs) {
    int index =
        node.outputs().stream()
            .filter(output -> !output.isEmpty())
            .findFirst()
            .map(output -> places.getOrDefault(output, -1))
            .orElse(-1);
    if (index < 0 || !graph.nodes().get(index).equals(node)) {
      throw new ModelRefusedException(node.place(), "the graph has no such node", "");
    }
    List<Tensor> answered = outputs.get(index);
    List<@Nullable Tensor> all = new ArrayList<>(ofOutputs);
    while (all.size() < answered.size()) {
      all.add(null);
    }
    return pass(node, answered, all, new Memory(limits));
  }

  private List<@Nullable Tensor> pass(
      Node node, List<Tensor> outputs, List<@Nullable Tensor> ofOutputs, Memory memory) {
    List<@Nullable Tensor> inputs = Interpreter.inputs(node, values);
    try {
      List<@Nullable Tensor> ofInputs =
          new ArrayList<>(
              Operators.of(node).backward(new Call(node, inputs, memory), outputs, ofOutputs));
      for (int i = 0; i < Math.min(inputs.size(), ofInputs.size()); i++) {
        Tensor input = inputs.get(i);
        if (input == null || input.kind() != Tensor.Kind.FLOAT) {
          ofInputs.set(i, null);
        }
      }
      return ofInputs;
    } catch (ModelRefusedException e) {
      throw e.in(node.place());
    }
  }

  private static Tensor sum(Tensor a, Tensor b, Memory memory) {
    Tensor result = memory.zeros(Tensor.Kind.FLOAT, a.shape());
    for (int i = 0; i < a.size(); i++) {
      result.values()[i] = a.value(i) + b.value(i);
    }
    return result;
  }
}
