package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** What does not fit is refused by the name of its node, whatever it is. */
class OperatorRefusalTest {
  private static final Limits SMALL = Limits.DEFAULT.withValueBytes(1 << 20);
  private static final List<String> WHOLE =
      List.of(
          "axis",
          "keepdims",
          "group",
          "transA",
          "transB",
          "to",
          "allowzero",
          "start",
          "end",
          "training_mode",
          "ceil_mode",
          "count_include_pad",
          "layout",
          "hidden_size",
          "seed",
          "linear_before_reset",
          "noop_with_empty_axes");
  private static final List<String> LISTS =
      List.of(
          "axes",
          "perm",
          "kernel_shape",
          "strides",
          "pads",
          "dilations",
          "split",
          "starts",
          "ends",
          "steps",
          "shape",
          "value_ints");
  private static final List<String> WORDS = List.of("auto_pad", "mode", "direction", "approximate");
  private static final List<String> VALUES =
      List.of(
          "SAME_UPPER",
          "SAME_LOWER",
          "VALID",
          "reflect",
          "edge",
          "reverse",
          "bidirectional",
          "tanh",
          "nonsense");
  private static final long[] HOSTILE = {
    Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1L << 31, 100_000
  };

  @ParameterizedTest
  @MethodSource("names")
  void anyInputIsComputedOrRefused(String operator) {
    SplittableRandom random = new SplittableRandom(operator.hashCode());
    for (int i = 0; i < 200; i++) {
      Map<String, Tensor> constants = new LinkedHashMap<>();
      List<String> names = new ArrayList<>();
      int inputs = inputs(random, operator);
      int[] shape = shape(random);
      for (int k = 0; k < inputs; k++) {
        boolean absent = k > 0 && random.nextInt(8) == 0;
        names.add(absent ? "" : "x" + k);
        if (!absent) {
          constants.put("x" + k, tensor(random, random.nextInt(4) > 0 ? shape : shape(random)));
        }
      }
      List<String> outputs =
          IntStream.range(0, 1 + random.nextInt(3)).mapToObj(o -> "y" + o).toList();
      computedOrRefused(operator, attributes(random), constants, names, random);
    }
  }

  @ParameterizedTest
  @MethodSource("org.unvanish.model.graph.GradientTest#cases")
  void whatMadeSenseIsComputedOrRefusedWhenAltered(GradientTest.Case one) {
    SplittableRandom random = new SplittableRandom(one.toString().hashCode());
    int computed = 0;
    for (int i = 0; i < 40; i++) {
      Attributes attributes = random.nextBoolean() ? attributes(random) : one.attributes();
      for (String name : one.attributes().names()) {
        attributes = random.nextInt(4) == 0 ? attributes : attributes.with(name, kept(one, name));
      }
      Map<String, Tensor> constants = new LinkedHashMap<>();
      List<String> names = new ArrayList<>();
      int altered = random.nextInt(2 * one.inputs().size());
      for (int k = 0; k < one.inputs().size(); k++) {
        Tensor input = k == altered ? altered(random, one.inputs().get(k)) : one.inputs().get(k);
        names.add(input == null ? "" : "x" + k);
        if (input != null) {
          constants.put("x" + k, input);
        }
      }
      computed += computedOrRefused(one.operator(), attributes, constants, names, random) ? 1 : 0;
    }
    assertThat(computed).as("some of them make sense").isPositive();
  }

  private static Object kept(GradientTest.Case one, String name) {
    return Objects.requireNonNull(one.attributes().get(name));
  }

  /** Another shape, often of the same rank. */
  private static Tensor altered(SplittableRandom random, @Nullable Tensor input) {
    int[] shape = input == null || random.nextInt(3) == 0 ? shape(random) : input.shape();
    if (shape.length > 0) {
      shape[random.nextInt(shape.length)] = random.nextInt(4);
    }
    return tensor(random, shape);
  }

  private static boolean computedOrRefused(
      String operator,
      Attributes attributes,
      Map<String, Tensor> constants,
      List<String> names,
      SplittableRandom random) {
    List<String> outputs =
        IntStream.range(0, 1 + random.nextInt(3)).mapToObj(o -> "y" + o).toList();
    Node node = new Node("any", operator, names, outputs, attributes);
    try {
      Graph graph = new Graph(List.of(), constants, List.of(node), outputs);
      Run run = new Interpreter(graph, SMALL).run(Map.of());
      Tensor y = run.value("y0");
      run.backward(Map.of("y0", Tensor.of(y.values(), y.shape())));
      return true;
    } catch (ModelRefusedException e) {
      assertThat(e.getMessage()).contains("\"any\" (" + operator + ")");
      return false;
    } catch (RuntimeException | OutOfMemoryError e) {
      return fail(node + " of " + constants, e);
    }
  }

  /** As many as an operator may have, and now and then one too many. */
  private static int inputs(SplittableRandom random, String operator) {
    Operators.Entry entry =
        Operators.entry(new Node("", operator, List.of(), List.of("y"), Attributes.NONE));
    return random.nextInt(entry.least(), Math.min(entry.most(), 5) + 2);
  }

  static Iterable<String> names() {
    return Operators.names();
  }

  private static int[] shape(SplittableRandom random) {
    return random.ints(random.nextInt(5), 0, 4).toArray();
  }

  private static Tensor tensor(SplittableRandom random, int... shape) {
    Tensor.Kind kind = Tensor.Kind.values()[random.nextInt(3)];
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (kind) {
            case FLOAT -> random.nextInt(50) == 0 ? Double.NaN : random.nextDouble(-2, 2);
            case INTEGER -> random.nextInt(20) == 0 ? hostile(random) : random.nextInt(-2, 4);
            case BOOLEAN -> random.nextInt(2);
          };
    }
    return Tensor.of(kind, values, shape);
  }

  private static long hostile(SplittableRandom random) {
    return HOSTILE[random.nextInt(HOSTILE.length)];
  }

  private static Attributes attributes(SplittableRandom random) {
    Attributes attributes = Attributes.NONE;
    for (String name : WHOLE) {
      if (random.nextInt(4) == 0) {
        long value = random.nextInt(10) == 0 ? hostile(random) : random.nextInt(-1, 4);
        attributes = attributes.with(name, value);
      }
    }
    for (String name : LISTS) {
      if (random.nextInt(3) == 0) {
        boolean odd = random.nextInt(10) == 0;
        List<Long> values = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          values.add(odd ? hostile(random) : random.nextLong(-1, 4));
        }
        attributes = attributes.with(name, values);
      }
    }
    for (String name : WORDS) {
      if (random.nextInt(6) == 0) {
        attributes = attributes.with(name, VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    return attributes;
  }

  @Test
  void aValueThatDoesNotFitIsRefusedBeforeItIsMade() {
    Node node = new Node("wide", "Expand", List.of("x", "shape"), List.of("y"), Attributes.NONE);
    Graph graph =
        new Graph(
            List.of(),
            Map.of("x", Tensor.scalar(1), "shape", Tensor.integers(1 << 20)),
            List.of(node),
            List.of("y"));
    assertThatThrownBy(() -> new Interpreter(graph, SMALL).run(Map.of()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("node \"wide\" (Expand)")
        .hasMessageContaining("[1048576]");
  }
}
