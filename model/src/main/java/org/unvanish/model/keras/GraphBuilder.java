package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.TrainingNote;
import org.unvanish.model.TrainingNote.FileRegularizer;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** Collects the nodes and constants of a graph, each under a name of its own. */
final class GraphBuilder {
  private final Limits limits;
  private final List<GraphInput> inputs = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<String, Tensor> sources = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> repeats = new HashMap<>();
  private final Map<List<Object>, Value> turned = new HashMap<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Map<String, FileRegularizer> regularizers = new HashMap<>();
  private final Map<String, String> initializers = new HashMap<>();
  private int steps;

  GraphBuilder(Limits limits) {
    this.limits = limits;
  }

  /** A value that is given to the model. */
  Value input(String name, long... shape) {
    String unique = unique(name);
    inputs.add(new GraphInput(unique, shape));
    return Value.plain(unique, shape);
  }

  /** Something of the file; the same tensor under the same name is kept once. */
  String constant(String name, Tensor tensor) {
    if (constants.get(name) == tensor) {
      return name;
    }
    String unique = unique(name);
    constants.put(unique, tensor);
    return unique;
  }

  /** A constant made of a tensor of the file; once for the same name and tensor. */
  String derived(String name, Tensor source, UnaryOperator<Tensor> maker) {
    if (sources.get(name) == source) {
      return name;
    }
    String unique = unique(name);
    sources.put(unique, source);
    constants.put(unique, maker.apply(source));
    return unique;
  }

  /** A node with one output, which has the node's name. */
  String node(String operator, String name, Attributes attributes, List<String> read) {
    return nodes(operator, name, attributes, read, 1).get(0);
  }

  /** A node with several outputs, which have the node's name and a number. */
  List<String> nodes(
      String operator, String name, Attributes attributes, List<String> read, int outputs) {
    step();
    String unique = unique(name);
    List<String> results = new ArrayList<>(List.of(unique));
    for (int i = 1; i < outputs; i++) {
      results.add(unique(unique + ":" + i));
    }
    nodes.add(new Node(unique, operator, read, results, attributes));
    return results;
  }

  /** The same value with its axes in another order. */
  Value turn(Value value, int... order) {
    if (Arrays.equals(value.order(), order)) {
      return value;
    }
    List<Object> key = List.of(value.name(), Arrays.toString(order));
    Value known = turned.get(key);
    if (known != null) {
      return known;
    }
    List<Long> permutation = new ArrayList<>();
    for (int axis : order) {
      permutation.add((long) value.axis(axis));
    }
    String name =
        node(
            "Transpose",
            value.name() + "/transposed",
            Attributes.NONE.with("perm", permutation),
            List.of(value.name()));
    Value result = new Value(name, value.shape(), order);
    turned.put(key, result);
    return result;
  }

  /** Something that a user should know. */
  void warn(String sentence) {
    warnings.add(sentence);
  }

  /** Notes how a constant is trained. */
  void note(String constant, Optional<FileRegularizer> regularizer, Optional<String> initializer) {
    regularizer.ifPresent(value -> regularizers.put(constant, value));
    initializer.ifPresent(value -> initializers.put(constant, value));
  }

  /**
   * All notes.
   *
   * @param training how the model was compiled
   */
  TrainingNote training(JsonNode training) {
    return new TrainingNote(
        TrainingConfig.loss(training),
        TrainingConfig.optimizer(training),
        regularizers,
        initializers);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Counts a call of a layer: a model within a model within a model may unfold without end. */
  void step() {
    if (++steps > limits.nodes()) {
      throw new ModelRefusedException(
          "the model", "its layers are called over " + limits.nodes() + " times", "");
    }
  }

  Graph graph(List<String> outputs) {
    return new Graph(inputs, constants, nodes, outputs);
  }

  private String unique(String name) {
    String result = name;
    while (!names.add(result)) {
      result = name + "#" + repeats.merge(name, 1, Integer::sum);
    }
    return result;
  }
}
