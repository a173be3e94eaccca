package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;

/** An engine's network with its parameters as exporters would write it, in ONNX's operators. */
public final class NetworkGraph {

  private final float[] parameters;
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private String value = "input";
  private boolean flat;
  private int numbers;

  private NetworkGraph(float[] parameters) {
    this.parameters = parameters;
  }

  public static Graph of(Network network, float[] parameters) {
    NetworkGraph graph = new NetworkGraph(parameters);
    Shape shape = network.input();
    graph.flat = shape.rows() == 1 && shape.columns() == 1;
    long[] input = {-1, shape.channels(), shape.rows(), shape.columns()};
    if (graph.flat) {
      input = new long[] {-1, shape.channels()};
    } else if (network.layers().stream().anyMatch(Recurrent.class::isInstance)) {
      input = new long[] {-1, shape.rows(), shape.channels()};
    }
    graph.add(NetworkPart.of(network));
    return new Graph(
        List.of(new GraphInput("input", input)),
        graph.constants,
        graph.nodes,
        List.of(graph.value));
  }

  /** Whether a function can be written. */
  static boolean has(ActivationFunction function) {
    return switch (function) {
      case ARCTAN, HARD_SIGMOID, PENALISED_TANH, SINE, IDENTITY -> false;
      default -> true;
    };
  }

  private void add(List<NetworkPart> parts) {
    parts.forEach(this::add);
  }

  private void add(NetworkPart part) {
    Layer layer = part.layer();
    if (layer instanceof Dense) {
      flatten();
      List<String> inputs = new ArrayList<>(List.of(value));
      part.tensors().forEach(tensor -> inputs.add(constant(tensor)));
      node("Gemm", Attributes.NONE.with("transB", 1), inputs);
    } else if (layer instanceof Convolutional.Convolution convolution) {
      List<String> inputs = new ArrayList<>(List.of(value));
      ParameterTensor weights = part.tensors().get(0);
      int kernel = convolution.kernel();
      String name = constant(weights);
      constants.put(
          name,
          constants
              .get(name)
              .reshape(convolution.filters(), part.input().channels(), kernel, kernel));
      inputs.add(name);
      part.tensors().stream().skip(1).forEach(tensor -> inputs.add(constant(tensor)));
      int zeros = convolution.padding().zeros(kernel);
      int stride = convolution.stride();
      node(
          "Conv",
          Attributes.NONE
              .with("kernel_shape", List.of(kernel, kernel))
              .with("strides", List.of(stride, stride))
              .with("pads", List.of(zeros, zeros, zeros, zeros)),
          inputs);
    } else if (layer instanceof Pooling pooling) {
      int rows = pooling.tileRows(part.input());
      int columns = pooling.tileColumns(part.input());
      node(
          layer.name().startsWith("max") ? "MaxPool" : "AveragePool",
          Attributes.NONE
              .with("kernel_shape", List.of(rows, columns))
              .with("strides", List.of(rows, columns)),
          List.of(value));
    } else if (layer instanceof Activated activated) {
      activation(activated.activation());
    } else if (layer instanceof Softmax) {
      flatten();
      node("Softmax", Attributes.NONE.with("axis", 1), List.of(value));
    } else if (layer instanceof Residual) {
      String before = value;
      add(part.inside());
      String branch = value;
      value = before;
      if (!part.tensors().isEmpty()) {
        throw new IllegalArgumentException("a projection");
      }
      node("Add", Attributes.NONE, List.of(branch, before));
    } else if (layer instanceof Recurrent recurrent) {
      recurrent(recurrent, part);
    } else {
      throw new IllegalArgumentException(layer.toString());
    }
  }

  private void recurrent(Recurrent layer, NetworkPart part) {
    node("Transpose", Attributes.NONE.with("perm", List.of(1, 0, 2)), List.of(value));
    int units = layer.units();
    String name = part.name();
    int[] order =
        switch (layer.sums()) {
          // Ours are i, f, g, o and r, z, n.
          case 4 -> new int[] {0, 3, 1, 2};
          case 3 -> new int[] {1, 0, 2};
          default -> new int[] {0};
        };
    List<ParameterTensor> own = part.tensors();
    int features = part.input().channels();
    constants.put(name + ".W", gates(own.get(0), order, units, features));
    constants.put(name + ".R", gates(own.get(1), order, units, units));
    double[] bias = gates(own.get(2), order, units, 1).values();
    double[] both = Arrays.copyOf(bias, 2 * bias.length);
    if (layer.sums() == 3) {
      Tensor more = tensor(own.get(3));
      System.arraycopy(more.values(), 0, both, bias.length + 2 * units, units);
    }
    constants.put(name + ".B", Tensor.of(both, 1, both.length));
    boolean last = layer.output() == Recurrent.Output.LAST;
    String all = "value" + ++numbers;
    String end = "value" + ++numbers;
    String operator = layer.sums() == 4 ? "LSTM" : layer.sums() == 3 ? "GRU" : "RNN";
    Attributes attributes = Attributes.NONE.with("hidden_size", units);
    if (layer.sums() == 3) {
      attributes = attributes.with("linear_before_reset", 1);
    }
    nodes.add(
        new Node(
            name,
            operator,
            List.of(value, name + ".W", name + ".R", name + ".B"),
            List.of(last ? "" : all, last ? end : ""),
            attributes));
    if (last) {
      value = end;
      constants.put("axis0", Tensor.integers(0));
      node("Squeeze", Attributes.NONE, List.of(value, "axis0"));
      flat = true;
    } else {
      value = all;
      constants.put("axis1", Tensor.integers(1));
      node("Squeeze", Attributes.NONE, List.of(value, "axis1"));
      node("Transpose", Attributes.NONE.with("perm", List.of(1, 0, 2)), List.of(value));
    }
  }

  private Tensor gates(ParameterTensor tensor, int[] order, int units, int columns) {
    double[] from = tensor(tensor).values();
    double[] to = new double[from.length];
    int block = units * columns;
    for (int gate = 0; gate < order.length; gate++) {
      System.arraycopy(from, order[gate] * block, to, gate * block, block);
    }
    return Tensor.of(to, 1, order.length * units, columns);
  }

  /** As people write them, and so as they come apart. */
  private void activation(Activation activation) {
    ActivationFunction function = activation.function();
    boolean scaled = activation.inner() != 1;
    if (scaled) {
      node("Div", Attributes.NONE, List.of(value, scalar(1 / activation.inner())));
    }
    String z = value;
    switch (function) {
      case TANH -> unary("Tanh");
      case LOGISTIC -> unary("Sigmoid");
      case RELU -> unary("Relu");
      case SOFTPLUS -> unary("Softplus");
      case ELU -> unary("Elu");
      case SELU -> unary("Selu");
      case ERF -> unary("Erf");
      case LEAKY_RELU -> unary("LeakyRelu");
      case LOG_SIGMOID -> {
        unary("Neg");
        unary("Softplus");
        unary("Neg");
      }
      case SOFTSIGN -> {
        unary("Abs");
        node("Add", Attributes.NONE, List.of(value, scalar(1)));
        node("Div", Attributes.NONE, List.of(z, value));
      }
      case SILU -> {
        unary("Sigmoid");
        node("Mul", Attributes.NONE, List.of(z, value));
      }
      case GELU -> {
        node("Div", Attributes.NONE, List.of(value, scalar((float) Math.sqrt(2))));
        unary("Erf");
        node("Add", Attributes.NONE, List.of(value, scalar(1)));
        node("Mul", Attributes.NONE, List.of(z, value));
        node("Mul", Attributes.NONE, List.of(value, scalar(0.5)));
      }
      case LECUN_TANH -> {
        node("Mul", Attributes.NONE, List.of(value, scalar(2.0 / 3)));
        unary("Tanh");
        node("Mul", Attributes.NONE, List.of(value, scalar(1.7159)));
      }
      case HARD_TANH -> {
        String low = scalar(-1);
        String high = scalar(1);
        node("Clip", Attributes.NONE, List.of(value, low, high));
      }
      default -> throw new IllegalArgumentException(function.label());
    }
    if (activation.outer() != 1) {
      node("Mul", Attributes.NONE, List.of(value, scalar(activation.outer())));
    }
  }

  private String scalar(double number) {
    String name = "number" + ++numbers;
    constants.put(name, Tensor.scalar(number));
    return name;
  }

  private void unary(String operator) {
    node(operator, Attributes.NONE, List.of(value));
  }

  private void flatten() {
    if (!flat) {
      node("Flatten", Attributes.NONE.with("axis", 1), List.of(value));
      flat = true;
    }
  }

  private void node(String operator, Attributes attributes, List<String> inputs) {
    value = "value" + ++numbers;
    nodes.add(new Node("", operator, inputs, List.of(value), attributes));
  }

  private String constant(ParameterTensor tensor) {
    constants.put(tensor.name(), tensor(tensor));
    return tensor.name();
  }

  private Tensor tensor(ParameterTensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[tensor.offset() + i];
    }
    int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
    return Tensor.of(values, shape);
  }
}
