package org.unvanish.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.ParameterTensor.Kind;

/** Which constants of nodes are trained, and what they are to their layer. */
final class LayerParameters {

  private final Map<String, Tensor> constants;

  LayerParameters(Map<String, Tensor> constants) {
    this.constants = constants;
  }

  /** Those of some nodes, weights first. */
  List<GraphParameter> of(List<Node> nodes) {
    List<GraphParameter> parameters = new ArrayList<>();
    for (Node node : nodes) {
      for (int i = 0; i < node.inputs().size(); i++) {
        String name = node.inputs().get(i);
        Tensor tensor = constants.get(name);
        if (tensor != null && tensor.kind() == Tensor.Kind.FLOAT) {
          parameter(node, i, name, tensor).ifPresent(parameters::add);
        }
      }
    }
    parameters.sort(Comparator.comparing(parameter -> !parameter.isWeights()));
    return parameters;
  }

  private static Optional<GraphParameter> parameter(Node node, int i, String name, Tensor tensor) {
    return switch (node.operator()) {
      case "Gemm" -> Optional.of(i == 2 ? bias(name, tensor) : gemm(node, i, name, tensor));
      case "MatMul" -> Optional.of(matMul(i, name, tensor));
      case "Conv" ->
          i == 1 ? Optional.of(convolution(name, tensor)) : Optional.of(bias(name, tensor));
      case "RNN", "LSTM", "GRU" -> recurrent(node, i, name, tensor);
      case "BatchNormalization", "LayerNormalization", "InstanceNormalization" ->
          i == 1 || i == 2
              ? Optional.of(new GraphParameter(name, Kind.NORMALIZATION, -1, 1))
              : Optional.empty();
      case "PRelu" -> Optional.of(new GraphParameter(name, Kind.SCALE, -1, 1));
      case "Gather" ->
          i == 0 && tensor.rank() == 2
              ? Optional.of(new GraphParameter(name, Kind.WEIGHTS, -1, 1))
              : Optional.empty();
      case "Add", "Sub" -> tensor.size() > 1 ? Optional.of(bias(name, tensor)) : Optional.empty();
      case "Mul", "Div" ->
          tensor.size() > 1
              ? Optional.of(new GraphParameter(name, Kind.NORMALIZATION, -1, 1))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static GraphParameter gemm(Node node, int i, String name, Tensor tensor) {
    boolean transposed = node.attributes().flag(i == 1 ? "transB" : "transA", false);
    // Of the first factor, the columns are what the second one reads.
    int units = (i == 1) == transposed ? 0 : 1;
    return new GraphParameter(name, Kind.WEIGHTS, units, tensor.extent(1 - units));
  }

  private static GraphParameter matMul(int i, String name, Tensor tensor) {
    int last = tensor.rank() - 1;
    int units = i == 1 ? last : Math.max(0, last - 1);
    int inputs = i == 1 ? Math.max(0, last - 1) : last;
    return new GraphParameter(name, Kind.WEIGHTS, units, tensor.extent(inputs));
  }

  private static GraphParameter convolution(String name, Tensor tensor) {
    return new GraphParameter(
        name, Kind.WEIGHTS, 0, (double) tensor.size() / Math.max(1, tensor.extent(0)));
  }

  private static GraphParameter bias(String name, Tensor tensor) {
    int axis = 0;
    for (int i = 0; i < tensor.rank(); i++) {
      axis = tensor.extent(i) > 1 ? i : axis;
    }
    return new GraphParameter(name, Kind.BIAS, axis, 1);
  }

  /** With gates, the rows of a direction are gate by gate, so that a unit has several. */
  private static Optional<GraphParameter> recurrent(Node node, int i, String name, Tensor tensor) {
    int units = node.operator().equals("RNN") && tensor.extent(0) == 1 ? 1 : -1;
    return switch (i) {
      case 1 ->
          Optional.of(
              new GraphParameter(name, Kind.WEIGHTS, units, tensor.extent(tensor.rank() - 1)));
      case 2 ->
          Optional.of(
              new GraphParameter(name, Kind.RECURRENT, units, tensor.extent(tensor.rank() - 1)));
      case 3 -> Optional.of(new GraphParameter(name, Kind.BIAS, -1, 1));
      default -> Optional.empty();
    };
  }
}
