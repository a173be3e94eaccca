package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.Normalization;
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

  /** Whether the value has steps before features, as recurrent nodes have them. */
  private boolean stepsFirst;

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
      graph.stepsFirst = true;
    } else if (network.layers().stream().anyMatch(Convolutional.Convolution1d.class::isInstance)) {
      input = new long[] {-1, shape.channels(), shape.columns()};
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

  /** In which constant a parameter tensor is: of a recurrent layer with others. */
  static String constant(String tensor) {
    return tensor
        .replaceAll("/(reverse-)?input-weights$", ".W")
        .replaceAll("/(reverse-)?recurrent-weights$", ".R")
        .replaceAll("^((recurrent|lstm|gru)[0-9]+)/(reverse-|recurrent-)*bias$", "$1.B");
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
    } else if (layer instanceof Convolutional convolution) {
      convolution(convolution, part);
    } else if (layer instanceof Pooling.GlobalAveragePooling) {
      channelsFirst();
      node("GlobalAveragePool", Attributes.NONE, List.of(value));
    } else if (layer instanceof Pooling pooling) {
      Shape input = part.input();
      List<Integer> tile =
          input.rows() == 1
              ? List.of(pooling.tileColumns(input))
              : List.of(pooling.tileRows(input), pooling.tileColumns(input));
      node(
          layer.name().startsWith("max") ? "MaxPool" : "AveragePool",
          Attributes.NONE.with("kernel_shape", tile).with("strides", tile),
          List.of(value));
    } else if (layer instanceof Normalization normalization) {
      normalization(normalization, part);
    } else if (layer instanceof Embedding) {
      node(
          "Gather",
          Attributes.NONE.with("axis", 0),
          List.of(constant(part.tensors().get(0)), value));
      flat = false;
    } else if (layer instanceof Dropout dropout) {
      constants.put("ratio", Tensor.scalar(dropout.rate()));
      node("Dropout", Attributes.NONE, List.of(value, "ratio"));
    } else if (layer instanceof Activated activated) {
      activation(activated.activation());
    } else if (layer instanceof Softmax) {
      flatten();
      node("Softmax", Attributes.NONE.with("axis", 1), List.of(value));
    } else if (layer instanceof Residual block) {
      String before = value;
      boolean flatBefore = flat;
      add(part.inside());
      String branch = value;
      value = before;
      flat = flatBefore;
      block
          .projectionOf(part.input())
          .ifPresent(way -> add(new NetworkPart("", way, part.input(), part.tensors(), List.of())));
      node("Add", Attributes.NONE, List.of(branch, value));
    } else if (layer instanceof Recurrent recurrent) {
      recurrent(recurrent, part);
    } else {
      throw new IllegalArgumentException(layer.toString());
    }
  }

  private void convolution(Convolutional layer, NetworkPart part) {
    Shape read = layer.read(part.input());
    boolean oneAxis = layer instanceof Convolutional.Convolution1d;
    if (oneAxis && flat) {
      constants.put("axis1", Tensor.integers(1));
      node("Unsqueeze", Attributes.NONE, List.of(value, "axis1"));
      flat = false;
    }
    int kernel = layer.kernel();
    int zeros = layer.padding().zeros(kernel);
    int axes = oneAxis ? 1 : 2;
    List<String> inputs = new ArrayList<>(List.of(value));
    part.tensors().forEach(tensor -> inputs.add(constant(tensor)));
    int[] shape = new int[2 + axes];
    Arrays.fill(shape, kernel);
    shape[0] = layer.filters();
    shape[1] = read.channels();
    constants.computeIfPresent(inputs.get(1), (name, weights) -> weights.reshape(shape));
    node(
        "Conv",
        Attributes.NONE
            .with("kernel_shape", Collections.nCopies(axes, kernel))
            .with("strides", Collections.nCopies(axes, layer.stride()))
            .with("pads", Collections.nCopies(2 * axes, zeros)),
        inputs);
  }

  /** As PyTorch exports them: groups as instances of a value that is taken apart and put back. */
  private void normalization(Normalization layer, NetworkPart part) {
    channelsFirst();
    List<String> own = part.tensors().stream().map(this::constant).toList();
    Attributes epsilon = Attributes.NONE.with("epsilon", layer.epsilon());
    List<String> inputs = new ArrayList<>(List.of(value));
    inputs.addAll(own);
    if (layer instanceof Normalization.BatchNormalization) {
      node("BatchNormalization", epsilon, inputs);
    } else if (layer instanceof Normalization.LayerNormalization) {
      node("LayerNormalization", epsilon.with("axis", 1), inputs);
    } else if (layer instanceof Normalization.GroupNormalization groups) {
      Shape shape = part.input();
      constants.put("grouped", Tensor.integers(0, groups.groups(), -1));
      constants.put("apart", Tensor.integers(0, shape.channels(), shape.rows(), shape.columns()));
      double[] ones = new double[groups.groups()];
      Arrays.fill(ones, 1);
      constants.put("ones", Tensor.of(ones, ones.length));
      constants.put("zeros", Tensor.zeros(ones.length));
      node("Reshape", Attributes.NONE, List.of(value, "grouped"));
      node("InstanceNormalization", epsilon, List.of(value, "ones", "zeros"));
      node("Reshape", Attributes.NONE, List.of(value, "apart"));
      own.forEach(name -> constants.computeIfPresent(name, (n, t) -> t.reshape(t.size(), 1, 1)));
      node("Mul", Attributes.NONE, List.of(value, own.get(0)));
      node("Add", Attributes.NONE, List.of(value, own.get(1)));
    }
  }

  private void recurrent(Recurrent layer, NetworkPart part) {
    List<Integer> order = stepsFirst ? List.of(1, 0, 2) : List.of(2, 0, 1);
    node("Transpose", Attributes.NONE.with("perm", order), List.of(value));
    int units = layer.units();
    String name = part.name();
    int features = part.input().channels();
    int each = part.tensors().size() / layer.directions();
    List<Tensor> weights = new ArrayList<>();
    List<Tensor> states = new ArrayList<>();
    List<Tensor> biases = new ArrayList<>();
    for (int from = 0; from < part.tensors().size(); from += each) {
      List<ParameterTensor> own = part.tensors().subList(from, from + each);
      weights.add(gates(own.get(0), layer, features));
      states.add(gates(own.get(1), layer, units));
      if (layer.bias()) {
        biases.add(bothBiases(layer, own));
      }
    }
    List<String> inputs = new ArrayList<>(List.of(value));
    inputs.add(joined(name + ".W", weights));
    inputs.add(joined(name + ".R", states));
    if (layer.bias()) {
      inputs.add(joined(name + ".B", biases));
    }
    Attributes attributes = Attributes.NONE.with("hidden_size", units);
    if (layer.sums() == 3) {
      attributes = attributes.with("linear_before_reset", 1);
    }
    if (layer.directions() == 2) {
      attributes = attributes.with("direction", "bidirectional");
    }
    boolean last = layer.output() == Recurrent.Output.LAST;
    value = "value" + ++numbers;
    nodes.add(
        new Node(
            name,
            layer.sums() == 4 ? "LSTM" : layer.sums() == 3 ? "GRU" : "RNN",
            inputs,
            List.of(last ? "" : value, last ? value : ""),
            attributes));
    // Of directions×samples×units, or with the steps before these.
    List<Integer> samplesFirst = last ? List.of(1, 0, 2) : List.of(2, 0, 1, 3);
    node("Transpose", Attributes.NONE.with("perm", samplesFirst), List.of(value));
    constants.put(
        last ? "flat" : "steps", last ? Tensor.integers(0, -1) : Tensor.integers(0, 0, -1));
    node("Reshape", Attributes.NONE, List.of(value, last ? "flat" : "steps"));
    flat = last;
    stepsFirst = !last;
  }

  private String joined(String name, List<Tensor> directions) {
    int[] shape = directions.get(0).shape();
    shape[0] = directions.size();
    double[] values =
        directions.stream().flatMapToDouble(one -> Arrays.stream(one.values())).toArray();
    constants.put(name, Tensor.of(values, shape));
    return name;
  }

  /** Ours are one, but for what a GRU's candidate adds to its own state's sum. */
  private Tensor bothBiases(Recurrent layer, List<ParameterTensor> own) {
    double[] bias = gates(own.get(2), layer, 1).values();
    double[] both = Arrays.copyOf(bias, 2 * bias.length);
    if (layer.sums() == 3) {
      Tensor more = tensor(own.get(3));
      System.arraycopy(more.values(), 0, both, bias.length + 2 * layer.units(), layer.units());
    }
    return Tensor.of(both, 1, both.length);
  }

  private Tensor gates(ParameterTensor tensor, Recurrent layer, int columns) {
    int[] order =
        switch (layer.sums()) {
          // Ours are i, f, g, o and r, z, n.
          case 4 -> new int[] {0, 3, 1, 2};
          case 3 -> new int[] {1, 0, 2};
          default -> new int[] {0};
        };
    int units = layer.units();
    double[] from = tensor(tensor).values();
    double[] to = new double[from.length];
    int block = units * columns;
    for (int gate = 0; gate < order.length; gate++) {
      System.arraycopy(from, order[gate] * block, to, gate * block, block);
    }
    return columns == 1 && tensor.shape().size() == 1
        ? Tensor.of(to, 1, order.length * units)
        : Tensor.of(to, 1, order.length * units, columns);
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

  private void channelsFirst() {
    if (stepsFirst) {
      node("Transpose", Attributes.NONE.with("perm", List.of(0, 2, 1)), List.of(value));
      stepsFirst = false;
    }
  }

  private void flatten() {
    channelsFirst();
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
