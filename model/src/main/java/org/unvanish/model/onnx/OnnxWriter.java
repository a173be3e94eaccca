package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.graph.Tensor.Kind;

/**
 * Makes an ONNX file of a graph: of version 18 of the operators, or 20 where one of them is newer.
 * Numbers are rounded to 32 bits, whole ones are of 64.
 *
 * @since 0.1
 */
public final class OnnxWriter {
  /** What one message may have. */
  private static final long LONGEST_MESSAGE = Integer.MAX_VALUE;

  private final Graph graph;
  private final Map<String, Kind> kinds = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final GraphProto.Builder file = GraphProto.newBuilder().setName("unvanish");

  private OnnxWriter(Graph graph) {
    this.graph = graph;
  }

  /**
   * The bytes of a file that computes what a graph computes.
   *
   * @throws ModelRefusedException if the file would be longer than 2 GiB
   */
  public static byte[] bytes(Graph graph) {
    return new OnnxWriter(graph).model().toByteArray();
  }

  private ModelProto model() {
    long size = 0;
    for (Map.Entry<String, Tensor> constant : graph.constants().entrySet()) {
      size += constant.getValue().size() * (constant.getValue().kind() == Kind.INTEGER ? 8L : 4L);
      if (size > LONGEST_MESSAGE) {
        throw new ModelRefusedException(
            "", "its weights take more than 2 GiB, which no ONNX file holds", "");
      }
      kinds.put(constant.getKey(), constant.getValue().kind());
      file.addInitializer(OnnxNodes.tensor(constant.getKey(), constant.getValue()));
    }
    for (GraphInput input : graph.inputs()) {
      Kind kind = OnnxNodes.kindOfInput(input.name(), graph);
      kinds.put(input.name(), kind);
      file.addInput(value(input.name(), kind).setType(type(kind, input.shape())));
    }
    int version = 18;
    for (Node node : graph.nodes()) {
      version = Math.max(version, OnnxNodes.version(node));
      for (Node form : OnnxNodes.today(node, file::addInitializer)) {
        file.addNode(message(form));
        Kind kind = OnnxNodes.kind(form, kinds);
        form.outputs().forEach(output -> kinds.put(output, kind));
      }
    }
    for (String output : graph.outputs()) {
      file.addOutput(value(output, kinds.getOrDefault(output, Kind.FLOAT)));
    }
    return ModelProto.newBuilder()
        .setIrVersion(version > 18 ? 9 : 8)
        .setProducerName("unvanish")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version))
        .setGraph(file)
        .build();
  }

  private NodeProto message(Node node) {
    int given = node.inputs().size();
    // ONNX Runtime crashes of some nodes with an optional input that is there and has no name.
    while (given > 0 && node.inputs().get(given - 1).isEmpty()) {
      given--;
    }
    NodeProto.Builder message =
        NodeProto.newBuilder()
            .setName(unique(node.name()))
            .setOpType(node.operator())
            .addAllInput(node.inputs().subList(0, given))
            .addAllOutput(node.outputs());
    for (String name : node.attributes().names()) {
      OnnxNodes.attribute(name, Objects.requireNonNull(node.attributes().get(name)))
          .ifPresent(message::addAttribute);
    }
    return message.build();
  }

  /** ONNX Runtime wants names that are there once, or none. */
  private String unique(String name) {
    String unique = name;
    for (int i = 2; !unique.isEmpty() && !names.add(unique); i++) {
      unique = name + "/" + i;
    }
    return unique;
  }

  private static ValueInfoProto.Builder value(String name, Kind kind) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(OnnxNodes.type(kind).getNumber())));
  }

  private static TypeProto type(Kind kind, long... shape) {
    TensorShapeProto.Builder extents = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < shape.length; axis++) {
      extents.addDim(
          shape[axis] < 0
              ? Dimension.newBuilder().setDimParam(axis == 0 ? "batch" : "axis" + axis)
              : Dimension.newBuilder().setDimValue(shape[axis]));
    }
    DataType type = OnnxNodes.type(kind);
    return TypeProto.newBuilder()
        .setTensorType(
            TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(extents))
        .build();
  }
}
