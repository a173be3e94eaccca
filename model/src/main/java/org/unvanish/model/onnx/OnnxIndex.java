package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Node;

/** Who computes what in a file's graph, what of it is wanted, and in which order. */
final class OnnxIndex {
  /** Operators that compute the same numbers, rounded or named. */
  private static final Set<String> PASSED_OVER = Set.of("ZipMap", "QuantizeLinear");

  private final GraphProto graph;
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, TypeProto> types = new HashMap<>();
  private final Map<String, Integer> producers = new HashMap<>();

  /**
   * @throws ModelRefusedException if a name is there twice, or there are too many nodes
   */
  OnnxIndex(GraphProto graph, Limits limits) {
    this.graph = graph;
    if (graph.getNodeCount() > limits.nodes()) {
      throw new ModelRefusedException(
          "", "it has more than " + limits.nodes() + " nodes", "Export a part of the model.");
    }
    for (TensorProto tensor : graph.getInitializerList()) {
      if (initializers.put(tensor.getName(), tensor) != null) {
        throw twice("initializer", tensor.getName());
      }
    }
    for (ValueInfoProto value : graph.getValueInfoList()) {
      types.put(value.getName(), value.getType());
    }
    for (ValueInfoProto value : graph.getInputList()) {
      types.put(value.getName(), value.getType());
    }
    for (int i = 0; i < graph.getNodeCount(); i++) {
      for (String output : graph.getNode(i).getOutputList()) {
        if (!output.isEmpty()
            && (producers.put(output, i) != null || initializers.containsKey(output))) {
          throw twice(place(graph.getNode(i)) + " computes a value that", output);
        }
      }
    }
  }

  private static ModelRefusedException twice(String what, String name) {
    return new ModelRefusedException(
        "", what + " \"" + name + "\" is there twice", "Export the model again.");
  }

  boolean isInitializer(String name) {
    return initializers.containsKey(name);
  }

  @Nullable TensorProto initializer(String name) {
    return initializers.get(name);
  }

  /** What the file says of an input or of a value in between. */
  @Nullable TypeProto type(String name) {
    return types.get(name);
  }

  /** Outputs of floating-point numbers; all if none is. */
  List<String> outputs(List<String> warnings) {
    List<String> numbers = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      (isLabel(output.getType()) ? labels : numbers).add(source(output.getName()));
    }
    if (numbers.isEmpty()) {
      return labels;
    }
    if (!labels.isEmpty()) {
      warnings.add("The outputs " + labels + " hold labels, which have no gradient: left out.");
    }
    return numbers.stream().distinct().toList();
  }

  private static boolean isLabel(TypeProto type) {
    if (!type.hasTensorType()) {
      return false;
    }
    DataType element = DataType.forNumber(type.getTensorType().getElemType());
    return element == DataType.STRING
        || element == DataType.BOOL
        || element != null && element.name().matches("U?INT.*");
  }

  /** A value by the name of what it is a mere copy of. */
  String source(String name) {
    Set<String> seen = new HashSet<>();
    String source = name;
    while (producers.containsKey(source)) {
      NodeProto node = graph.getNode(producers.get(source));
      boolean dequantises =
          node.getOpType().equals("DequantizeLinear")
              && node.getInputCount() > 0
              && isFrom("QuantizeLinear", node.getInput(0));
      if (!dequantises && !PASSED_OVER.contains(node.getOpType())
          || node.getInputCount() == 0
          || !seen.add(source)) {
        return source;
      }
      source = node.getInput(0);
    }
    return source;
  }

  private boolean isFrom(String operator, String value) {
    Integer producer = producers.get(value);
    return producer != null && graph.getNode(producer).getOpType().equals(operator);
  }

  /** The nodes that outputs need, each after those that it reads, else as in the file. */
  List<NodeProto> order(List<String> outputs) {
    Set<Integer> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(outputs);
    Map<Integer, Integer> waiting = new HashMap<>();
    Map<Integer, List<Integer>> readers = new HashMap<>();
    while (!open.isEmpty()) {
      Integer index = producers.get(open.pop());
      if (index == null || !needed.add(index)) {
        continue;
      }
      Set<Integer> before = new HashSet<>();
      for (String input : graph.getNode(index).getInputList()) {
        String source = source(input);
        open.push(source);
        Integer producer = producers.get(source);
        if (producer != null && before.add(producer)) {
          readers.computeIfAbsent(producer, none -> new ArrayList<>()).add(index);
        }
      }
      waiting.put(index, before.size());
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    waiting.forEach(
        (index, count) -> {
          if (count == 0) {
            ready.add(index);
          }
        });
    List<NodeProto> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int index = ready.remove();
      order.add(graph.getNode(index));
      needed.remove(index);
      for (int reader : readers.getOrDefault(index, List.of())) {
        if (waiting.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    if (!needed.isEmpty()) {
      int first = needed.stream().mapToInt(Integer::intValue).min().orElseThrow();
      throw new ModelRefusedException(
          place(graph.getNode(first)), "it needs what is computed of it", "");
    }
    return order;
  }

  /** How messages name a node. */
  static String place(NodeProto node) {
    return new Node(
            node.getName(), node.getOpType(), List.of(), node.getOutputList(), Attributes.NONE)
        .place();
  }
}
