package org.unvanish.model.onnx;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Node;

/**
 * What operators meant in older versions of ONNX, in terms of today's. Where a newer version only
 * moved a setting from the attributes to the inputs, as with axes, the graph takes both. See
 * github.com/onnx/onnx/blob/main/docs/Changelog.md.
 */
final class OnnxForms {
  /** The oldest version: broadcasting as today began with it. */
  static final int OLDEST = 7;

  /** The newest version whose changes are known. */
  static final int NEWEST = 25;

  /** An operator's meaning in a range of versions. */
  private record Form(int from, int to, Rewriting rewriting) {}

  /** Nodes of today that compute what a node of that time did. */
  private interface Rewriting {
    List<Node> of(Node node, Function<String, OptionalInt> rank);
  }

  private static final Map<String, Form> FORMS =
      Map.of(
          "Softmax", new Form(OLDEST, 12, OnnxForms::flattened),
          "LogSoftmax", new Form(OLDEST, 12, OnnxForms::flattened),
          "BatchNormalization", new Form(OLDEST, 13, OnnxForms::trainedIfItTells));

  private OnnxForms() {}

  /**
   * Nodes of today for a node of some version.
   *
   * @param rank of a value by its name, where it is known
   */
  static List<Node> of(Node node, int version, Function<String, OptionalInt> rank) {
    Form form = FORMS.get(node.operator());
    return form == null || version < form.from() || version > form.to()
        ? List.of(node)
        : form.rewriting().of(node, rank);
  }

  /** Until version 12, all axes from the given one on, 1 if none is, were one. */
  private static List<Node> flattened(Node node, Function<String, OptionalInt> rank) {
    String input = node.inputs().get(0);
    long axis = node.attributes().integer("axis", 1);
    OptionalInt known = rank.apply(input);
    if (axis == -1 || known.isPresent() && axis == known.getAsInt() - 1) {
      return List.of(with(node, "axis", -1L));
    }
    String output = node.outputs().get(0);
    String flat = output + "/flat";
    String shares = output + "/shares";
    String shape = output + "/shape";
    return List.of(
        new Node(
            node.name() + "/flat",
            "Flatten",
            List.of(input),
            List.of(flat),
            Attributes.NONE.with("axis", axis)),
        new Node(
            node.name(),
            node.operator(),
            List.of(flat),
            List.of(shares),
            Attributes.NONE.with("axis", -1L)),
        new Node(node.name() + "/shape", "Shape", List.of(input), List.of(shape), Attributes.NONE),
        new Node(
            node.name() + "/whole",
            "Reshape",
            List.of(shares, shape),
            node.outputs(),
            Attributes.NONE));
  }

  /** Until version 13, a node was in training if it gave its statistics too. */
  private static List<Node> trainedIfItTells(Node node, Function<String, OptionalInt> rank) {
    if (!node.attributes().flag("spatial", true)) {
      throw new ModelRefusedException(
          node.place(),
          "its attribute spatial is 0",
          "Convert the model: onnx.version_converter.convert_version(model, 18).");
    }
    if (node.outputs().stream().skip(1).allMatch(String::isEmpty)) {
      return List.of(node);
    }
    return List.of(
        new Node(
            node.name(),
            node.operator(),
            node.inputs(),
            node.outputs().subList(0, Math.min(3, node.outputs().size())),
            node.attributes().with("training_mode", 1L)));
  }

  private static Node with(Node node, String attribute, Object value) {
    return new Node(
        node.name(),
        node.operator(),
        node.inputs(),
        node.outputs(),
        node.attributes().with(attribute, value));
  }
}
