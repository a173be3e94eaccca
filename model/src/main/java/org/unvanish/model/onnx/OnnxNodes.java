package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.graph.Tensor.Kind;

/** How the nodes of a graph are written: in their form of version 18. */
final class OnnxNodes {
  /**
   * Settings of older versions, in the order of the inputs that they became, from the second on.
   */
  private static final Map<String, List<String>> MOVED =
      Map.ofEntries(
          Map.entry("Squeeze", List.of("axes")),
          Map.entry("Unsqueeze", List.of("axes")),
          Map.entry("ReduceMean", List.of("axes")),
          Map.entry("ReduceSum", List.of("axes")),
          Map.entry("ReduceMax", List.of("axes")),
          Map.entry("ReduceMin", List.of("axes")),
          Map.entry("ReduceProd", List.of("axes")),
          Map.entry("ReduceL1", List.of("axes")),
          Map.entry("ReduceL2", List.of("axes")),
          Map.entry("ReduceLogSumExp", List.of("axes")),
          Map.entry("ReduceSumSquare", List.of("axes")),
          Map.entry("Reshape", List.of("shape")),
          Map.entry("Slice", List.of("starts", "ends", "axes", "steps")),
          Map.entry("Pad", List.of("pads", "value", "axes")),
          Map.entry("Clip", List.of("min", "max")),
          Map.entry("Split", List.of("split")),
          Map.entry("Dropout", List.of("ratio")));

  private static final Set<String> WHOLE = Set.of("Shape", "Size", "ArgMax", "ArgMin");
  private static final Set<String> TRUE_OR_FALSE =
      Set.of(
          "Equal",
          "Less",
          "LessOrEqual",
          "Greater",
          "GreaterOrEqual",
          "And",
          "Or",
          "Xor",
          "Not",
          "IsNaN",
          "IsInf");

  private OnnxNodes() {}

  /** The version of ONNX that a node needs, if it is newer than 18. */
  static int version(Node node) {
    return node.operator().equals("Gelu") ? 20 : 18;
  }

  /**
   * A node in its form of today.
   *
   * @param constants gets what was an attribute and is an input
   */
  static List<Node> today(Node node, Consumer<TensorProto> constants) {
    switch (node.operator()) {
      case "Swish":
        return swish(node, constants);
      case "RNN", "LSTM", "GRU":
        return withShortLengths(node);
      case "BatchNormalization":
        return List.of(withStatistics(node));
      case "Cast":
        Kind kind = kindOfType(node.attributes().integer("to", 1));
        return List.of(
            with(node, node.inputs(), Attributes.NONE.with("to", type(kind).getNumber())));
      default:
    }
    List<String> moved = MOVED.getOrDefault(node.operator(), List.of());
    List<String> inputs = new ArrayList<>(node.inputs());
    Attributes attributes = Attributes.NONE;
    for (String name : node.attributes().names()) {
      int input = moved.indexOf(name) + 1;
      if (input == 0) {
        attributes = attributes.with(name, Objects.requireNonNull(node.attributes().get(name)));
      } else if (inputs.size() <= input || inputs.get(input).isEmpty()) {
        while (inputs.size() <= input) {
          inputs.add("");
        }
        inputs.set(input, node.outputs().get(0) + "/" + name);
        constants.accept(
            tensor(
                inputs.get(input), asTensor(Objects.requireNonNull(node.attributes().get(name)))));
      }
    }
    if (node.operator().equals("Split") && inputs.size() < 2 && !attributes.has("num_outputs")) {
      attributes = attributes.with("num_outputs", node.outputs().size());
    }
    return List.of(with(node, inputs, attributes));
  }

  private static Node with(Node node, List<String> inputs, Attributes attributes) {
    return new Node(node.name(), node.operator(), inputs, node.outputs(), attributes);
  }

  private static Tensor asTensor(Object value) {
    return value instanceof Double number
        ? Tensor.scalar(number)
        : Tensor.integers(
            ((List<?>) value)
                .stream().mapToLong(number -> ((Number) number).longValue()).toArray());
  }

  /** x/(1 + e^(−αx)) by operators that are older than its name. */
  private static List<Node> swish(Node node, Consumer<TensorProto> constants) {
    String output = node.outputs().get(0);
    String input = node.inputs().get(0);
    constants.accept(
        tensor(output + "/alpha", Tensor.scalar(node.attributes().number("alpha", 1))));
    return List.of(
        node(node, "Mul", List.of(input, output + "/alpha"), output + "/product"),
        node(node, "Sigmoid", List.of(output + "/product"), output + "/sigmoid"),
        node(node, "Mul", List.of(input, output + "/sigmoid"), output));
  }

  private static Node node(Node of, String operator, List<String> inputs, String output) {
    return new Node(of.name() + "/" + operator, operator, inputs, List.of(output), Attributes.NONE);
  }

  /** In training, it must put out the statistics as well. */
  private static Node withStatistics(Node node) {
    if (!node.attributes().flag("training_mode", false)) {
      return node;
    }
    List<String> outputs = new ArrayList<>(node.outputs());
    for (int i = outputs.size(); i < 3; i++) {
      outputs.add(outputs.get(0) + (i == 1 ? "/mean" : "/variance"));
    }
    return new Node(node.name(), node.operator(), node.inputs(), outputs, node.attributes());
  }

  /** Lengths of sequences are the only whole numbers that have 32 bits. */
  private static List<Node> withShortLengths(Node node) {
    if (node.inputs().size() < 5 || node.inputs().get(4).isEmpty()) {
      return List.of(node);
    }
    String named = node.outputs().stream().filter(name -> !name.isEmpty()).findFirst().orElse("");
    List<String> inputs = new ArrayList<>(node.inputs());
    inputs.set(4, named + "/lengths");
    Attributes toShort = Attributes.NONE.with("to", DataType.INT32.getNumber());
    return List.of(
        new Node(
            node.name() + "/lengths",
            "Cast",
            List.of(node.inputs().get(4)),
            List.of(inputs.get(4)),
            toShort),
        with(node, inputs, node.attributes()));
  }

  /** What a node's outputs are. */
  static Kind kind(Node node, Map<String, Kind> kinds) {
    if (TRUE_OR_FALSE.contains(node.operator())) {
      return Kind.BOOLEAN;
    }
    if (WHOLE.contains(node.operator())) {
      return Kind.INTEGER;
    }
    return switch (node.operator()) {
      case "Cast" -> kindOfType(node.attributes().integer("to", 1));
      case "Constant", "ConstantOfShape" ->
          node.attributes()
              .tensor("value")
              .map(Tensor::kind)
              .orElse(
                  node.attributes().names().stream().anyMatch(name -> name.startsWith("value_int"))
                      ? Kind.INTEGER
                      : Kind.FLOAT);
      case "Where" -> kinds.getOrDefault(node.inputs().get(1), Kind.FLOAT);
      default ->
          node.inputs().isEmpty()
              ? Kind.FLOAT
              : kinds.getOrDefault(node.inputs().get(0), Kind.FLOAT);
    };
  }

  /** What an input must be for the nodes that read it. */
  static Kind kindOfInput(String name, Graph graph) {
    for (Node node : graph.readers(name)) {
      int place = node.inputs().indexOf(name);
      boolean whole =
          switch (node.operator()) {
            case "Gather", "Reshape", "Expand", "Slice", "Tile" -> place > 0;
            case "RNN", "LSTM", "GRU" -> place == 4;
            case "ConstantOfShape" -> true;
            default -> false;
          };
      if (whole) {
        return Kind.INTEGER;
      }
    }
    return Kind.FLOAT;
  }

  private static Kind kindOfType(long number) {
    return switch ((int) number) {
      case DataType.BOOL_VALUE -> Kind.BOOLEAN;
      case DataType.FLOAT_VALUE,
          DataType.DOUBLE_VALUE,
          DataType.FLOAT16_VALUE,
          DataType.BFLOAT16_VALUE ->
          Kind.FLOAT;
      default -> Kind.INTEGER;
    };
  }

  static DataType type(Kind kind) {
    return switch (kind) {
      case FLOAT -> DataType.FLOAT;
      case INTEGER -> DataType.INT64;
      case BOOLEAN -> DataType.BOOL;
    };
  }

  static TensorProto tensor(String name, Tensor tensor) {
    int width =
        switch (tensor.kind()) {
          case FLOAT -> 4;
          case INTEGER -> 8;
          case BOOLEAN -> 1;
        };
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(width, tensor.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tensor.size(); i++) {
      double value = tensor.value(i);
      switch (tensor.kind()) {
        case FLOAT -> bytes.putFloat((float) value);
        case INTEGER -> bytes.putLong((long) value);
        case BOOLEAN -> bytes.put((byte) (value == 0 ? 0 : 1));
      }
    }
    TensorProto.Builder message =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type(tensor.kind()).getNumber())
            .setRawData(ByteString.copyFrom(bytes.flip()));
    for (int extent : tensor.shape()) {
      message.addDims(extent);
    }
    return message.build();
  }

  /** A setting as it is written; an empty list, whose type nobody knows, is not. */
  static Optional<AttributeProto> attribute(String name, Object value) {
    AttributeProto.Builder message = AttributeProto.newBuilder().setName(name);
    if (value instanceof List<?> list) {
      list.forEach(element -> addTo(message, element));
      return list.isEmpty() ? Optional.empty() : Optional.of(message.build());
    }
    if (value instanceof Long whole) {
      message.setType(AttributeType.INT).setI(whole);
    } else if (value instanceof Double number) {
      message.setType(AttributeType.FLOAT).setF(number.floatValue());
    } else if (value instanceof Tensor tensor) {
      message.setType(AttributeType.TENSOR).setT(tensor("", tensor));
    } else {
      message.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(String.valueOf(value)));
    }
    return Optional.of(message.build());
  }

  private static void addTo(AttributeProto.Builder message, Object element) {
    if (element instanceof Long whole) {
      message.setType(AttributeType.INTS).addInts(whole);
    } else if (element instanceof Double number) {
      message.setType(AttributeType.FLOATS).addFloats(number.floatValue());
    } else if (element instanceof Tensor tensor) {
      message.setType(AttributeType.TENSORS).addTensors(tensor("", tensor));
    } else {
      message
          .setType(AttributeType.STRINGS)
          .addStrings(ByteString.copyFromUtf8(String.valueOf(element)));
    }
  }
}
