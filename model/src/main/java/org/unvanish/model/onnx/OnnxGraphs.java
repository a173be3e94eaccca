package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Operators;
import org.unvanish.model.graph.Tensor;

/** Takes over what the numbers of a file's graph need, node by node, in an order of computation. */
final class OnnxGraphs {
  /** Operators that compute the same numbers, rounded or named. */
  private static final Set<String> PASSED_OVER = Set.of("ZipMap", "QuantizeLinear");

  private final GraphProto graph;
  private final OnnxTensors tensors;
  private final Limits limits;
  private final List<String> warnings;
  private final int version;
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, TypeProto> types = new HashMap<>();
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> ranks = new HashMap<>();

  /**
   * @param warnings gets what a user should know
   */
  OnnxGraphs(ModelProto model, OnnxTensors tensors, Limits limits, List<String> warnings) {
    this.graph = model.getGraph();
    this.tensors = tensors;
    this.limits = limits;
    this.warnings = warnings;
    this.version = version(model, warnings);
  }

  /** The graph of all outputs that are numbers. */
  Graph graph() {
    index();
    List<String> outputs = outputs();
    List<NodeProto> order = order(outputs);
    Set<String> read = new HashSet<>(outputs);
    order.forEach(node -> read.addAll(node.getInputList()));
    List<GraphInput> inputs = inputs(read);
    for (NodeProto node : order) {
      add(node);
    }
    for (String output : outputs) {
      constant(output);
    }
    return new Graph(inputs, constants, nodes, outputs);
  }

  private static int version(ModelProto model, List<String> warnings) {
    long version = -1;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (isOnnx(set.getDomain())) {
        version = set.getVersion();
      }
    }
    if (version < OnnxForms.OLDEST) {
      throw new ModelRefusedException(
          "",
          version < 0
              ? "it does not say of which version of ONNX its operators are"
              : "its operators are of version " + version + ", before " + OnnxForms.OLDEST,
          "Export with opset_version=17, or onnx.version_converter.convert_version(model, 17).");
    }
    if (version > OnnxForms.NEWEST) {
      warnings.add(
          "The operators are of version %d of ONNX; what changed after %d is not known here."
              .formatted(version, OnnxForms.NEWEST));
    }
    return (int) Math.min(version, OnnxForms.NEWEST);
  }

  private static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private void index() {
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

  /** Outputs of floating-point numbers; all if none is. */
  private List<String> outputs() {
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
  private String source(String name) {
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
  private List<NodeProto> order(List<String> outputs) {
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

  private List<GraphInput> inputs(Set<String> read) {
    Set<String> sources = new HashSet<>();
    read.forEach(name -> sources.add(source(name)));
    List<GraphInput> inputs = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!initializers.containsKey(input.getName()) && sources.contains(input.getName())) {
        inputs.add(new GraphInput(input.getName(), shape(input)));
      }
    }
    return inputs;
  }

  private static long[] shape(ValueInfoProto input) {
    if (!input.getType().hasTensorType() || !input.getType().getTensorType().hasShape()) {
      throw new ModelRefusedException(
          "input \"" + input.getName() + "\"",
          "it is no tensor of a known shape",
          "Export with example inputs whose shapes are known.");
    }
    List<Dimension> extents = input.getType().getTensorType().getShape().getDimList();
    return extents.stream()
        .mapToLong(extent -> extent.hasDimValue() ? extent.getDimValue() : -1)
        .map(extent -> extent < 0 ? -1 : extent)
        .toArray();
  }

  private void add(NodeProto proto) {
    String place = place(proto);
    List<String> inputs = proto.getInputList().stream().map(this::source).toList();
    if (proto.getOpType().equals("Constant") && isOnnx(proto.getDomain())) {
      constants.put(output(proto), constantOf(proto));
      return;
    }
    inputs.forEach(this::constant);
    if (proto.getOpType().equals("DequantizeLinear")) {
      constants.put(output(proto), dequantised(proto, inputs, place));
      warnings.add(place + ": its weights are read as they are, rounded to fewer bits.");
      return;
    }
    if (!isOnnx(proto.getDomain()) || !Operators.has(proto.getOpType())) {
      throw unknown(proto, place);
    }
    if (proto.getOpType().equals("Identity") && constants.containsKey(inputs.get(0))) {
      // Exporters write equal initializers once: each layer gets its own again.
      constants.put(output(proto), constants.get(inputs.get(0)));
      return;
    }
    Node node =
        new Node(
            proto.getName(), proto.getOpType(), inputs, proto.getOutputList(), attributes(proto));
    for (Node form : OnnxForms.of(node, version, this::rank)) {
      nodes.add(form);
      note(form);
    }
  }

  private static String output(NodeProto node) {
    if (node.getOutputCount() != 1) {
      throw new ModelRefusedException(place(node), "it must have one output", "");
    }
    return node.getOutput(0);
  }

  private static ModelRefusedException unknown(NodeProto node, String place) {
    String operator =
        isOnnx(node.getDomain()) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
    return new ModelRefusedException(
        place, "the operator " + operator + " is not one that Unvanish computes", wayOut(node));
  }

  private static String wayOut(NodeProto node) {
    String operator = node.getOpType();
    if (operator.matches("If|Loop|Scan")) {
      return "Export with fixed shapes, or the layers alone without the loop around them.";
    }
    if (operator.matches("Q[LG].*|.*Integer|Dynamic.*|MatMulNBits")) {
      return "Export the model before it is quantised.";
    }
    if (node.getDomain().equals("ai.onnx.ml")) {
      return "Export the network alone, without what prepares the data.";
    }
    if (!isOnnx(node.getDomain())) {
      return "Export without optimisation for one runtime; functions of the model's own: "
          + "onnx.inliner.inline_local_functions(model).";
    }
    return "Export the part of the model that is trained.";
  }

  /** The one value that a node has as an attribute. */
  private Tensor constantOf(NodeProto node) {
    Attributes attributes = attributes(node);
    for (String name : attributes.names()) {
      switch (name) {
        case "value":
          Optional<Tensor> value = attributes.tensor(name);
          if (value.isPresent()) {
            return value.get();
          }
          break;
        case "value_float":
          return Tensor.scalar(attributes.number(name, 0));
        case "value_int":
          return Tensor.integers(attributes.integer(name, 0)).reshape();
        case "value_floats":
          double[] numbers = attributes.numbers(name);
          return Tensor.of(numbers, numbers.length);
        case "value_ints":
          return Tensor.integers(attributes.integers(name));
        default:
      }
    }
    throw new ModelRefusedException(place(node), "it has no value that is a number", "");
  }

  private Tensor dequantised(NodeProto node, List<String> inputs, String place) {
    Tensor[] given = new Tensor[3];
    for (int i = 0; i < Math.min(3, inputs.size()); i++) {
      given[i] = constants.get(inputs.get(i));
    }
    if (given[0] == null || given[1] == null || inputs.size() > 2 && given[2] == null) {
      throw unknown(node, place);
    }
    Attributes attributes = attributes(node);
    if (attributes.integer("block_size", 0) != 0) {
      throw new ModelRefusedException(place, "it dequantises by blocks", wayOut(node));
    }
    Tensor zero = given[2] == null ? Tensor.scalar(0) : given[2];
    return OnnxTensors.dequantised(given[0], given[1], zero, attributes.integer("axis", 1), place);
  }

  /** Makes a tensor of an initializer, when first something needs it. */
  private void constant(String name) {
    TensorProto tensor = initializers.get(name);
    if (tensor != null && !constants.containsKey(name)) {
      constants.put(name, tensors.read(tensor, "initializer \"" + name + "\""));
    }
  }

  private Attributes attributes(NodeProto node) {
    Attributes attributes = Attributes.NONE;
    for (AttributeProto attribute : node.getAttributeList()) {
      String place = place(node) + ", attribute " + attribute.getName();
      Object value =
          switch (attribute.getType()) {
            case FLOAT -> attribute.getF();
            case INT -> attribute.getI();
            case STRING -> attribute.getS().toStringUtf8();
            case TENSOR -> tensors.read(attribute.getT(), place);
            case FLOATS -> attribute.getFloatsList();
            case INTS -> attribute.getIntsList();
            case STRINGS ->
                attribute.getStringsList().stream().map(text -> text.toStringUtf8()).toList();
            default ->
                throw new ModelRefusedException(
                    place, "it is of the type " + attribute.getType(), wayOut(node));
          };
      attributes = attributes.with(attribute.getName(), value);
    }
    return attributes;
  }

  private OptionalInt rank(String name) {
    TypeProto type = types.get(name);
    if (type != null && type.hasTensorType() && type.getTensorType().hasShape()) {
      return OptionalInt.of(type.getTensorType().getShape().getDimCount());
    }
    Tensor constant = constants.get(name);
    Integer rank = constant == null ? ranks.get(name) : Integer.valueOf(constant.rank());
    return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
  }

  /** Keeps the rank of what a node computes, where it is plain. */
  private void note(Node node) {
    int rank =
        switch (node.operator()) {
          case "Gemm", "Flatten" -> 2;
          case "Relu", "Tanh", "Sigmoid", "Dropout", "Cast", "Add", "MatMul" -> largest(node);
          default -> -1;
        };
    if (rank >= 0) {
      ranks.put(node.outputs().get(0), rank);
    }
  }

  /** The largest rank of a node's inputs; −1 if one is unknown. */
  private int largest(Node node) {
    int largest = -1;
    for (String input : node.inputs()) {
      OptionalInt rank = rank(input);
      if (rank.isEmpty()) {
        return -1;
      }
      largest = Math.max(largest, rank.getAsInt());
    }
    return largest;
  }

  private static String place(NodeProto node) {
    return new Node(
            node.getName(), node.getOpType(), List.of(), node.getOutputList(), Attributes.NONE)
        .place();
  }
}
