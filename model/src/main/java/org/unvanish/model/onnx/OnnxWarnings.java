package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** What a file hides, or is known to say wrongly, in the words of its exporter. */
final class OnnxWarnings {
  private static final String PYTORCH_IN_TRAINING =
      "torch.onnx.export(model.train(), args, path, training=torch.onnx.TrainingMode.TRAINING, "
          + "do_constant_folding=False); from PyTorch 2.9 on with dynamo=False.";

  private OnnxWarnings() {}

  static void add(ModelProto model, Graph graph, List<String> warnings) {
    long rounding =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("QuantizeLinear"))
            .count();
    if (rounding > 0) {
      warnings.add(
          rounding + " nodes round values to 8 bits (QuantizeLinear): passed over, not computed.");
    }
    boolean pytorch = model.getProducerName().equals("pytorch");
    if (pytorch) {
      gatesOfAnotherKind(graph, warnings);
      evaluation(graph, warnings);
    }
  }

  /**
   * PyTorch's nn.GRU resets after the product, but its exporter of torch.export with onnxscript
   * 0.5.7 to 0.7.0 did not say so: github.com/microsoft/onnxscript/issues/2852,
   * github.com/pytorch/pytorch/issues/189225.
   */
  private static void gatesOfAnotherKind(Graph graph, List<String> warnings) {
    for (Node node : graph.nodes()) {
      if (node.operator().equals("GRU") && !node.attributes().flag("linear_before_reset", false)) {
        warnings.add(
            node.place()
                + ": it resets before the product (linear_before_reset=0), and PyTorch's nn.GRU"
                + " after it. onnxscript 0.5.7 to 0.7.0 wrote that wrongly: export again with"
                + " onnxscript 0.7.1 or dynamo=False. The numbers here are those of the file.");
      }
    }
  }

  /**
   * An export in evaluation mode folds batch normalisation into the convolution in front of it, and
   * drops dropout. What is in the file as it is evaluated, is measured as it trains; so only a
   * convolution that may hide something is worth a word.
   */
  private static void evaluation(Graph graph, List<String> warnings) {
    boolean training =
        graph.nodes().stream().anyMatch(node -> isOfTraining(node) && !isIdle(node, graph));
    if (training) {
      return;
    }
    Set<String> normalised =
        graph.nodes().stream()
            .filter(node -> node.operator().equals("BatchNormalization"))
            .map(node -> node.inputs().get(0))
            .collect(Collectors.toSet());
    graph.nodes().stream()
        .filter(node -> node.operator().equals("Conv") && node.inputs().size() > 2)
        .filter(node -> !normalised.contains(node.outputs().get(0)))
        .findFirst()
        .ifPresent(
            node ->
                warnings.add(
                    node.place()
                        + " may hide batch normalisation: an export in evaluation mode folds it in,"
                        + " and drops dropout. To see them: "
                        + PYTORCH_IN_TRAINING));
  }

  private static boolean isOfTraining(Node node) {
    return node.operator().equals("BatchNormalization") || node.operator().equals("Dropout");
  }

  private static boolean isIdle(Node node, Graph graph) {
    if (node.operator().equals("BatchNormalization")) {
      return !node.attributes().flag("training_mode", false);
    }
    if (!node.operator().equals("Dropout")) {
      return false;
    }
    Tensor training = node.inputs().size() < 3 ? null : graph.constants().get(node.inputs().get(2));
    return node.inputs().size() < 3 || training != null && training.value(0) == 0;
  }
}
