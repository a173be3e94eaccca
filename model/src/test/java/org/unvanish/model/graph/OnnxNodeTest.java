package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** ONNX's own test cases for single operators: node_tests.py has written them as text. */
class OnnxNodeTest {

  /** A case as it is built line by line. */
  private static final class Case {
    final String name;
    final String operator;
    Attributes attributes = Attributes.NONE;
    final List<String> inputs = new ArrayList<>();
    final List<String> outputs = new ArrayList<>();
    final Map<String, Tensor> given = new LinkedHashMap<>();
    final Map<String, Tensor> expected = new LinkedHashMap<>();

    Case(String name, String operator) {
      this.name = name;
      this.operator = operator;
    }

    Run run() {
      List<GraphInput> free =
          given.entrySet().stream()
              .map(
                  input ->
                      new GraphInput(
                          input.getKey(),
                          Arrays.stream(input.getValue().shape()).asLongStream().toArray()))
              .toList();
      Node node = new Node(name, operator, inputs, outputs, attributes);
      Graph graph = new Graph(free, Map.of(), List.of(node), List.copyOf(expected.keySet()));
      return new Interpreter(graph).run(given);
    }
  }

  @Test
  void everyOperatorComputesWhatOnnxExpects() throws IOException {
    List<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(200);
    assertThat(cases)
        .allSatisfy(
            one -> {
              Run run = one.run();
              one.expected.forEach((name, tensor) -> agree(one, run.value(name), tensor));
            });
  }

  private static void agree(Case one, Tensor computed, Tensor expected) {
    assertThat(computed.kind()).as(one.name).isEqualTo(expected.kind());
    assertThat(computed.shape()).as(one.name).containsExactly(expected.shape());
    for (int i = 0; i < expected.size(); i++) {
      // ONNX has computed them with 24 bits.
      double bound = 2e-6 + 2e-5 * Math.abs(expected.value(i));
      assertThat(computed.value(i)).as(one.name).isCloseTo(expected.value(i), within(bound));
    }
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(OnnxNodeTest.class.getResourceAsStream("node-tests.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        String[] words = line.split(" ");
        Case last = cases.isEmpty() ? null : cases.get(cases.size() - 1);
        switch (words[0]) {
          case "#" -> {}
          case "case" -> cases.add(new Case(words[1], words[2]));
          case "in" -> read(words, last.inputs, last.given, "x");
          case "out" -> read(words, last.outputs, last.expected, "y");
          default -> last.attributes = last.attributes.with(words[1], attribute(words));
        }
      }
    }
    return cases;
  }

  private static void read(
      String[] words, List<String> names, Map<String, Tensor> tensors, String letter) {
    String name = words[1].equals("-") ? "" : letter + names.size();
    names.add(name);
    if (!name.isEmpty()) {
      tensors.put(name, tensor(Arrays.copyOfRange(words, 1, words.length)));
    }
  }

  private static Tensor tensor(String... words) {
    int[] shape =
        words[1].isEmpty()
            ? new int[0]
            : Arrays.stream(words[1].split(",")).mapToInt(Integer::parseInt).toArray();
    double[] values =
        Arrays.stream(words)
            .skip(3)
            .filter(word -> !word.isEmpty())
            .flatMapToDouble(
                word -> DoubleStream.of(Double.parseDouble(word.replace("inf", "Infinity"))))
            .toArray();
    return Tensor.of(Tensor.Kind.valueOf(words[0]), values, shape);
  }

  private static Object attribute(String... words) {
    String[] rest = Arrays.copyOfRange(words, 2, words.length);
    return switch (words[0]) {
      case "tensor" -> tensor(rest);
      case "text" -> rest[0];
      case "texts" -> List.of(rest);
      case "number" -> Double.parseDouble(rest[0]);
      case "integer" -> Long.parseLong(rest[0]);
      case "numbers" -> Arrays.stream(rest).map(Double::parseDouble).toList();
      default -> Arrays.stream(rest).map(Long::parseLong).toList();
    };
  }
}
