package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.unvanish.model.graph.Node;

/**
 * Names of layers as their authors gave them, which frameworks leave in the names of parameters
 * ({@code fc1.weight}, {@code dense_1/kernel:0}) or of nodes ({@code /fc1/Gemm}).
 */
final class LayerNames {

  /** What a parameter's own name is, behind that of its layer. */
  private static final Pattern OWN =
      Pattern.compile(
          "[./_](weights?|kernel|embeddings|bias(es)?|gamma|beta|scale|W|B|R"
              + "|(input-|recurrent-|reverse-)*(weights|bias)"
              + "|(weight|bias)_(ih|hh)_l\\d+(_reverse)?"
              + "|(lstm_cell|gru_cell|simple_rnn_cell)(_\\d+)?/(kernel|recurrent_kernel|bias))"
              + "(:0|/Read/ReadVariableOp(:0)?|_transposed|_T)?$");

  /** What exporters call values that have no name. */
  private static final Pattern ANONYMOUS =
      Pattern.compile("^(onnx::\\w+|\\d+|val_\\d+|const_fold_opt.*|new_reshape.*|.*__\\d+)$");

  private LayerNames() {}

  /** The name of a layer; empty if the file tells none. */
  static Optional<String> of(List<Node> nodes, List<GraphParameter> parameters) {
    for (GraphParameter parameter : parameters) {
      String name = parameter.constant();
      if (!isAnonymous(name)) {
        String layer = OWN.matcher(name).replaceFirst("");
        if (!layer.equals(name) && !layer.isEmpty()) {
          return Optional.of(plain(layer));
        }
      }
    }
    return nodes.stream()
        .map(Node::name)
        .filter(name -> name.contains("/"))
        .map(LayerNames::folder)
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /** Whether an exporter has made up the name of a value. */
  static boolean isAnonymous(String value) {
    return ANONYMOUS.matcher(value).matches();
  }

  /** {@code layers.fc1} of {@code /layers/fc1/Gemm}. */
  private static String folder(String path) {
    List<String> parts = new ArrayList<>(Arrays.asList(path.split("/", -1)));
    parts.remove(parts.size() - 1);
    parts.removeIf(String::isEmpty);
    return String.join(".", parts);
  }

  /** Without what every layer of a saved model begins with. */
  private static String plain(String layer) {
    return layer.replaceFirst("^(StatefulPartitionedCall|model|sequential(_\\d+)?)/", "");
  }

  /** What the names of some layers begin with, up to a point or a slash; empty if it is nothing. */
  static Optional<String> common(List<GraphLayer> layers) {
    String common = layers.isEmpty() ? "" : layers.get(0).name();
    for (GraphLayer layer : layers) {
      int length = 0;
      while (length < Math.min(common.length(), layer.name().length())
          && common.charAt(length) == layer.name().charAt(length)) {
        length++;
      }
      common = common.substring(0, length);
    }
    int end = Math.max(common.lastIndexOf('.'), common.lastIndexOf('/'));
    return end > 0 ? Optional.of(common.substring(0, end)) : Optional.empty();
  }
}
