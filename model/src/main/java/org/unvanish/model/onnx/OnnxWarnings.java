package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
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
    boolean pytorch = model.getProducerName().equals("pytorch");
    if (pytorch) {
      gatesOfAnotherKind(graph, warnings);
    }
    evaluation(graph, pytorch, warnings);
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

  private static void evaluation(Graph graph, boolean pytorch, List<String> warnings) {
    List<Node> idle = graph.nodes().stream().filter(node -> isIdle(node, graph)).toList();
    String wayOut =
        pytorch
            ? "Export it as it is trained: " + PYTORCH_IN_TRAINING
            : "Give the model in the format of the program that trains it.";
    if (!idle.isEmpty()) {
      warnings.add(
          idle.get(0).place()
              + (idle.size() == 1 ? "" : " and " + (idle.size() - 1) + " more")
              + ": as in evaluation, not as in training, where gradients differ. "
              + wayOut);
    } else if (pytorch && graph.nodes().stream().noneMatch(OnnxWarnings::isOfTraining)) {
      warnings.add(
          "The file has no batch normalisation and no dropout. If the model has, the export in"
              + " evaluation mode left them out. "
              + wayOut);
    }
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
