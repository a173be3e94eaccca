package org.unvanish.model.torch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/**
 * A graph in the making. Names are those that PyTorch's exporter to ONNX gives: {@code 0.weight} is
 * a parameter, {@code /0/Gemm} a node, {@code /0/Gemm_output_0} what it computes.
 */
final class GraphDraft {

  static final String INPUT = "input";

  private final TorchFile file;
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<TorchTensor, String> parameters = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> arranged = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  GraphDraft(TorchFile file) {
    this.file = file;
  }

  /** What a user should know, once. */
  void warn(String sentence) {
    warnings.add(sentence);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Adds a node that puts out one value.
   *
   * @param rank how many axes this has
   * @param inputs names of values; an absent one is empty
   */
  Flow node(
      TorchModule module, String operator, Attributes attributes, int rank, String... inputs) {
    String name = unique(module, operator);
    String output = name + "_output_0";
    nodes.add(new Node(name, operator, List.of(inputs), List.of(output), attributes));
    return new Flow(output, rank);
  }

  /** Adds a node whose output has a name of its own, such as weights that are arranged anew. */
  String named(
      TorchModule module, String name, String operator, Attributes attributes, String... inputs) {
    String output = module.name(name);
    nodes.add(
        new Node(unique(module, operator), operator, List.of(inputs), List.of(output), attributes));
    arranged.add(output);
    return output;
  }

  /** Adds a node without attributes whose output has as many axes as what reaches the module. */
  Flow node(TorchModule module, String operator, Flow input, String... others) {
    String[] inputs = new String[others.length + 1];
    inputs[0] = input.value();
    System.arraycopy(others, 0, inputs, 1, others.length);
    return node(module, operator, Attributes.NONE, input.rank(), inputs);
  }

  private String unique(TorchModule module, String what) {
    String name = (module.path().isEmpty() ? "/" : "/" + module.path() + "/") + what;
    int before = counts.merge(name, 1, Integer::sum) - 1;
    return before == 0 ? name : name + "_" + before;
  }

  /** A constant of the module's form. */
  String constant(TorchModule module, Tensor value) {
    String name = unique(module, "Constant") + "_output_0";
    constants.put(name, value);
    return name;
  }

  String scalar(TorchModule module, double value) {
    return constant(module, Tensor.scalar(value));
  }

  /** Whole numbers, as shapes and axes are. */
  String integers(TorchModule module, long... values) {
    return constant(module, Tensor.integers(values));
  }

  /** Whether weights were arranged anew already, as of a module that is there twice. */
  boolean has(TorchModule module, String name) {
    return arranged.contains(module.name(name));
  }

  /**
   * A parameter or buffer under its own name, or that of an equal one: tied weights are one
   * constant.
   *
   * @param shape that it must have; none for any
   */
  String parameter(TorchModule module, String name, long... shape) throws IOException {
    TorchTensor tensor = stored(module, name);
    if (shape.length > 0 && !tensor.shape().equals(Arrays.stream(shape).boxed().toList())) {
      throw module.refused(
          "its tensor %s has the shape %s instead of %s"
              .formatted(name, tensor.shape(), Arrays.toString(shape)),
          "");
    }
    String known = parameters.get(tensor);
    if (known == null) {
      known = module.name(name);
      constants.put(known, tensor(module, name));
      parameters.put(tensor, known);
    }
    return known;
  }

  /** As {@link #parameter}, or empty if the module has none of that name. */
  String optional(TorchModule module, String name, long... shape) throws IOException {
    return module.tensor(name).isPresent() ? parameter(module, name, shape) : "";
  }

  /**
   * A parameter with a value for each channel, and an axis of length 1 for each that is behind the
   * channels.
   *
   * @param rank of what it is multiplied by or added to
   */
  String ofChannels(TorchModule module, String name, long channels, int rank) throws IOException {
    String values = parameter(module, name, channels);
    if (rank == 2) {
      return values;
    }
    long[] shape = new long[rank - 1];
    Arrays.fill(shape, 1);
    shape[0] = channels;
    return node(module, "Reshape", Attributes.NONE, rank - 1, values, integers(module, shape))
        .value();
  }

  /** The values of a parameter or buffer. */
  Tensor tensor(TorchModule module, String name) throws IOException {
    return file.tensor(module.name(name), stored(module, name));
  }

  private static TorchTensor stored(TorchModule module, String name) {
    return module
        .tensor(name)
        .orElseThrow(() -> module.refused("its tensor " + name + " is missing", ""));
  }

  /** The graph, with its last value as its output. */
  Graph finish(long[] inputShape, Flow last) {
    return new Graph(
        List.of(new GraphInput(INPUT, inputShape)), constants, nodes, List.of(last.value()));
  }
}
