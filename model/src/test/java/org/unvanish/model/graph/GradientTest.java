package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of every operator against differences of what it computes. */
class GradientTest {
  private static final double STEP = 1e-5;

  /** Operators whose outputs no gradient passes through. */
  private static final List<String> WITHOUT =
      List.of(
          "And",
          "Ceil",
          "Constant",
          "ConstantOfShape",
          "Equal",
          "Floor",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Not",
          "Or",
          "Round",
          "Shape",
          "Sign",
          "Size");

  /** A node with its inputs; null for an absent one. */
  private record Case(
      String operator, Attributes attributes, int outputs, List<@Nullable Tensor> inputs) {
    Case with(String name, Object value) {
      return new Case(operator, attributes.with(name, value), outputs, inputs);
    }

    Case outputs(int count) {
      return new Case(operator, attributes, count, inputs);
    }

    Graph graph() {
      List<String> names = new ArrayList<>();
      List<GraphInput> free = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        Tensor input = inputs.get(i);
        names.add(input == null ? "" : "x" + i);
        if (input != null) {
          long[] shape = Arrays.stream(input.shape()).asLongStream().toArray();
          free.add(new GraphInput("x" + i, shape));
        }
      }
      List<String> made = IntStream.range(0, outputs).mapToObj(i -> "y" + i).toList();
      Node node = new Node("node", operator, names, made, attributes);
      return new Graph(free, Map.of(), List.of(node), made);
    }

    Map<String, Tensor> values() {
      Map<String, Tensor> values = new TreeMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i) != null) {
          values.put("x" + i, inputs.get(i));
        }
      }
      return values;
    }

    @Override
    public String toString() {
      return operator + " " + attributes + " " + inputs.stream().map(GradientTest::shape).toList();
    }
  }

  private static String shape(@Nullable Tensor tensor) {
    return tensor == null ? "-" : Arrays.toString(tensor.shape());
  }

  private static Case c(String operator, @Nullable Tensor... inputs) {
    return new Case(operator, Attributes.NONE, 1, Arrays.asList(inputs));
  }

  /** Numbers of both signs, none of which is near 0 or ±1, where functions may have kinks. */
  private static Tensor x(int... shape) {
    SplittableRandom random = new SplittableRandom(Arrays.hashCode(shape) + shape.length);
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      double size =
          random.nextBoolean() ? 0.1 + 0.7 * random.nextDouble() : 1.2 + random.nextDouble();
      values[i] = random.nextBoolean() ? size : -size;
    }
    return Tensor.of(values, shape);
  }

  /** Positive ones. */
  private static Tensor p(int... shape) {
    return Tensor.of(Arrays.stream(x(shape).values()).map(Math::abs).toArray(), shape);
  }

  private static Tensor n(long... values) {
    return Tensor.integers(values);
  }

  private static Stream<Case> cases() {
    return Stream.of(curves(), pairs(), matrices(), windows(), norms(), shapes(), recurrent())
        .flatMap(cases -> cases);
  }

  private static Stream<Case> curves() {
    return Stream.concat(
        Stream.of(
                "Neg",
                "Abs",
                "Exp",
                "Sin",
                "Cos",
                "Erf",
                "Reciprocal",
                "Relu",
                "Tanh",
                "Sigmoid",
                "HardSigmoid",
                "LeakyRelu",
                "ThresholdedRelu",
                "Elu",
                "Celu",
                "Selu",
                "Softplus",
                "Softsign",
                "Swish",
                "HardSwish",
                "Mish",
                "Gelu",
                "Identity")
            .map(name -> c(name, x(3, 1, 5))),
        Stream.of(
            c("Sqrt", p(7)),
            c("Log", p(2, 3)),
            c("Gelu", x(11)).with("approximate", "tanh"),
            c("Elu", x(5)).with("alpha", 0.3),
            c("Celu", x(5)).with("alpha", 0.7),
            c("Selu", x(5)).with("alpha", 1.2).with("gamma", 0.8),
            c("HardSigmoid", x(9)).with("alpha", 0.3).with("beta", 0.4),
            c("Swish", x(5)).with("alpha", 1.7),
            c("Clip", x(9), Tensor.of(Tensor.Kind.INTEGER, new double[] {-1}), null),
            c("Clip", x(9)).with("min", -0.9).with("max", 0.9)));
  }

  private static Stream<Case> pairs() {
    return Stream.concat(
        Stream.of("Add", "Sub", "Mul", "Div")
            .flatMap(
                name ->
                    Stream.of(
                        c(name, x(3, 4), x(3, 4)),
                        c(name, x(3, 1, 5), x(2, 1)),
                        c(name, x(5), x(2, 3, 5)),
                        c(name, x(1, 4, 1, 1), x(2, 4, 3, 2)),
                        c(name, x(), x(3)),
                        c(name, x(1), x(1, 1)),
                        c(name, x(0, 3), x(1, 3)))),
        Stream.of(
            c("Pow", p(3, 4), x(4)),
            c("Pow", x(6), n(3)),
            c("PRelu", x(2, 3, 4), x(3, 1)),
            c("Sum", x(3, 1), x(4), x(2, 1, 1)),
            c("Mean", x(3, 1), x(4)),
            c("Max", x(3, 4), x(4), x(1)),
            c("Min", x(3, 4), x(5, 3, 1)),
            c(
                "Where",
                Tensor.of(Tensor.Kind.BOOLEAN, new double[] {1, 0, 1}, 3),
                x(2, 1),
                x(1, 3))));
  }

  private static Stream<Case> matrices() {
    return Stream.of(
        c("Gemm", x(3, 4), x(4, 5), x(5)),
        c("Gemm", x(3, 4), x(5, 4), x(3, 1)).with("transB", 1).with("alpha", 0.5).with("beta", 2.),
        c("Gemm", x(4, 3), x(4, 5), null).with("transA", 1),
        c("Gemm", x(4, 3), x(5, 4), x()).with("transA", 1).with("transB", 1).with("alpha", 3.),
        c("Gemm", x(1, 1), x(1, 1)),
        c("MatMul", x(3, 4), x(4, 2)),
        c("MatMul", x(4), x(4)),
        c("MatMul", x(4), x(2, 4, 3)),
        c("MatMul", x(2, 3, 4), x(4)),
        c("MatMul", x(2, 3, 4), x(4, 5)),
        c("MatMul", x(3, 4), x(2, 4, 5)),
        c("MatMul", x(2, 1, 3, 4), x(5, 4, 2)));
  }

  private static Stream<Case> windows() {
    return Stream.of(
        c("Conv", x(2, 3, 7), x(4, 3, 3), x(4)),
        c("Conv", x(2, 3, 7), x(4, 3, 2)).with("strides", List.of(2)).with("pads", List.of(1, 0)),
        c("Conv", x(1, 2, 5, 6), x(3, 2, 3, 2), x(3)).with("dilations", List.of(2, 1)),
        c("Conv", x(2, 4, 5, 5), x(6, 2, 3, 3), x(6))
            .with("group", 2)
            .with("pads", List.of(1, 1, 1, 1)),
        c("Conv", x(1, 1, 6, 5), x(2, 1, 3, 4), null)
            .with("auto_pad", "SAME_UPPER")
            .with("strides", List.of(2, 2)),
        c("Conv", x(1, 1, 6, 5), x(2, 1, 3, 4)).with("auto_pad", "SAME_LOWER"),
        c("MaxPool", x(1, 2, 7)).with("kernel_shape", List.of(3)).with("strides", List.of(2)),
        c("MaxPool", x(2, 1, 5, 6))
            .with("kernel_shape", List.of(3, 2))
            .with("strides", List.of(2, 2))
            .with("pads", List.of(1, 0, 1, 1))
            .with("ceil_mode", 1),
        c("MaxPool", x(1, 1, 7, 7))
            .with("kernel_shape", List.of(2, 2))
            .with("dilations", List.of(2, 3)),
        c("AveragePool", x(1, 2, 7)).with("kernel_shape", List.of(3)).with("pads", List.of(1, 1)),
        c("AveragePool", x(1, 2, 5, 6))
            .with("kernel_shape", List.of(3, 3))
            .with("strides", List.of(2, 2))
            .with("pads", List.of(1, 1, 1, 1))
            .with("ceil_mode", 1)
            .with("count_include_pad", 1),
        c("GlobalAveragePool", x(2, 3, 4, 5)),
        c("GlobalMaxPool", x(2, 3, 7)));
  }

  private static Stream<Case> norms() {
    return Stream.of(
        c("BatchNormalization", x(4, 3, 2, 3), x(3), x(3), x(3), p(3)),
        c("BatchNormalization", x(4, 3), x(3), x(3), x(3), p(3)).with("epsilon", 0.1),
        c("BatchNormalization", x(4, 3, 5), x(3), x(3), x(3), p(3)).with("training_mode", 1),
        c("BatchNormalization", x(7, 2), x(2), x(2), x(2), p(2)).with("training_mode", 1),
        c("InstanceNormalization", x(2, 3, 5), x(3), x(3)),
        c("InstanceNormalization", x(2, 3, 2, 4), x(3), x(3)).with("epsilon", 0.1),
        c("LayerNormalization", x(2, 3, 5), x(5), x(5)),
        c("LayerNormalization", x(2, 3, 5), x(3, 5)).with("axis", 1),
        c("Softmax", x(3, 5)),
        c("Softmax", x(3, 5, 2)).with("axis", 1),
        c("LogSoftmax", x(3, 5)),
        c("LogSoftmax", x(3, 5, 2)).with("axis", 0),
        c("ReduceMean", x(3, 4, 2)).with("axes", List.of(1)),
        c("ReduceMean", x(3, 4, 2), n(0, -1)).with("keepdims", 0),
        c("ReduceMean", x(3, 4)).with("noop_with_empty_axes", 1),
        c("ReduceSum", x(3, 4, 2)).with("keepdims", 0),
        c("ReduceSum", x()),
        c("ReduceSumSquare", x(3, 4), n(1)),
        c("ReduceL2", x(3, 4), n(0)),
        c("ReduceMax", x(3, 4), n(1)),
        c("ReduceMin", x(3, 4), n(0)),
        c("ReduceProd", x(3, 4), n(0)));
  }

  private static Stream<Case> shapes() {
    return Stream.of(
        c("Reshape", x(3, 4), n(2, -1)),
        c("Flatten", x(2, 3, 4)).with("axis", 2),
        c("Flatten", x(5)).with("axis", 0),
        c("Squeeze", x(1, 3, 1)),
        c("Squeeze", x(1, 3, 1), n(-1)),
        c("Unsqueeze", x(3, 2), n(0, -1)),
        c("Unsqueeze", x(3, 2)).with("axes", List.of(1)),
        c("Cast", x(3)).with("to", 11),
        c("Dropout", x(3, 4)),
        c("Dropout", x(5, 7), null, Tensor.of(Tensor.Kind.BOOLEAN, new double[] {1}))
            .with("ratio", 0.3),
        c("Transpose", x(3, 4)),
        c("Transpose", x(3, 1, 4)).with("perm", List.of(2, 0, 1)),
        c("Expand", x(3, 1), n(2, 1, 4)),
        c("Tile", x(2, 3), n(2, 2)),
        c("Slice", x(5, 6), n(1, -1), n(4, -100), n(0, 1), n(2, -2)),
        c("Slice", x(5, 6))
            .with("starts", List.of(1))
            .with("ends", List.of(3))
            .with("axes", List.of(1)),
        c("Slice", x(5), n(4), n(1)),
        c("Pad", x(2, 3), n(1, 0, 2, 1)),
        c("Pad", x(2, 3), n(1, 2, 0, 1)).with("mode", "reflect").with("pads", List.of(0)),
        c("Pad", x(2, 3), n(2, -1), null, n(1)).with("mode", "edge"),
        c("Gather", x(4, 3), n(1, 1, -1)),
        c("Gather", x(2, 4, 3), Tensor.of(Tensor.Kind.INTEGER, new double[] {2, 0}, 1, 2))
            .with("axis", 1),
        c("Gather", x(4), Tensor.of(Tensor.Kind.INTEGER, new double[] {2})),
        c("Split", x(5, 2), n(1, 4)).outputs(2),
        c("Split", x(3, 7)).with("axis", -1).outputs(3),
        c("Concat", x(2, 3), x(2, 1), x(2, 0)).with("axis", 1),
        c("Concat", x(3), x(3)).with("axis", 0));
  }

  private static Stream<Case> recurrent() {
    Tensor lengths = n(4, 1, 3);
    return Stream.of(
        c("RNN", x(4, 3, 2), x(1, 5, 2), x(1, 5, 5)).outputs(2),
        c("RNN", x(4, 3, 2), x(2, 5, 2), x(2, 5, 5), x(2, 10), lengths, x(2, 3, 5))
            .with("direction", "bidirectional")
            .outputs(2),
        c("RNN", x(4, 3, 2), x(1, 5, 2), x(1, 5, 5), x(1, 10), lengths)
            .with("direction", "reverse")
            .with("activations", List.of("Softsign"))
            .outputs(2),
        c("RNN", x(3, 4, 2), x(1, 5, 2), x(1, 5, 5), null, null, x(3, 1, 5))
            .with("layout", 1)
            .with("clip", 2.5)
            .outputs(2),
        c("GRU", x(4, 3, 2), x(1, 6, 2), x(1, 6, 2), x(1, 12), lengths).outputs(2),
        c("GRU", x(4, 3, 2), x(2, 6, 2), x(2, 6, 2), x(2, 12), lengths, x(2, 3, 2))
            .with("direction", "bidirectional")
            .with("linear_before_reset", 1)
            .outputs(2),
        c("GRU", x(4, 3, 2), x(1, 6, 2), x(1, 6, 2), x(1, 12), null, x(1, 3, 2))
            .with("activations", List.of("HardSigmoid", "ScaledTanh"))
            .with("activation_alpha", List.of(0.25, 1.7159))
            .with("activation_beta", List.of(0.4, 0.66))
            .outputs(2),
        c("LSTM", x(4, 3, 2), x(1, 8, 2), x(1, 8, 2)).outputs(3),
        c(
                "LSTM",
                x(4, 3, 2),
                x(2, 8, 2),
                x(2, 8, 2),
                x(2, 16),
                lengths,
                x(2, 3, 2),
                x(2, 3, 2),
                x(2, 6))
            .with("direction", "bidirectional")
            .outputs(3),
        c("LSTM", x(3, 4, 2), x(1, 8, 2), x(1, 8, 2), x(1, 16), null, x(3, 1, 2), x(3, 1, 2))
            .with("layout", 1)
            .with("direction", "reverse")
            .outputs(3));
  }

  @Test
  void everyOperatorHasACase() {
    TreeSet<String> seen = new TreeSet<>(WITHOUT);
    cases().forEach(one -> seen.add(one.operator));
    assertThat(seen).containsExactlyElementsOf(Operators.names());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientIsTheLimitOfDifferences(Case one) {
    Interpreter interpreter = new Interpreter(one.graph());
    Map<String, Tensor> values = one.values();
    Run run = interpreter.run(values);
    Map<String, Tensor> directions = new TreeMap<>();
    for (String output : one.graph().outputs()) {
      Tensor value = run.value(output);
      if (value.kind() == Tensor.Kind.FLOAT) {
        directions.put(output, x(value.shape()));
      }
    }
    Map<String, Tensor> gradients = run.backward(directions);
    values.forEach(
        (name, tensor) -> {
          Tensor gradient = gradients.get(name);
          for (int i = 0; i < tensor.size() && tensor.kind() == Tensor.Kind.FLOAT; i++) {
            double up = loss(interpreter, moved(values, name, i, STEP), directions);
            double down = loss(interpreter, moved(values, name, i, -STEP), directions);
            double expected = (up - down) / (2 * STEP);
            double computed = gradient == null ? 0 : gradient.value(i);
            assertThat(computed)
                .as(name + "[" + i + "]")
                .isCloseTo(expected, within(1e-7 + 1e-7 * Math.abs(expected)));
          }
        });
  }

  private static double loss(
      Interpreter interpreter, Map<String, Tensor> values, Map<String, Tensor> directions) {
    Run run = interpreter.run(values);
    double loss = 0;
    for (Map.Entry<String, Tensor> direction : directions.entrySet()) {
      double[] y = run.value(direction.getKey()).values();
      for (int i = 0; i < y.length; i++) {
        loss += y[i] * direction.getValue().value(i);
      }
    }
    return loss;
  }

  private static Map<String, Tensor> moved(
      Map<String, Tensor> values, String name, int index, double step) {
    Map<String, Tensor> result = new TreeMap<>(values);
    Tensor tensor = values.get(name);
    double[] moved = tensor.values().clone();
    moved[index] += step;
    result.put(name, Tensor.of(tensor.kind(), moved, tensor.shape()));
    return result;
  }
}
