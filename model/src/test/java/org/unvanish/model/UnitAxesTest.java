package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** One of four units is dead behind each kind of layer, wherever exporters put the units' axis. */
class UnitAxesTest {

  /** Of the second of four units, so low that it never becomes positive. */
  private static final double[] BIAS = {1, -100, 1, 1};

  private static Node node(String operator, String output, Attributes attributes, String... read) {
    return new Node(output, operator, List.of(read), List.of(output), attributes);
  }

  private static Node node(String operator, String output, String... read) {
    return node(operator, output, Attributes.NONE, read);
  }

  private static Tensor random(int... shape) {
    return Tensor.of(new SplittableRandom(1).doubles(Tensor.zeros(shape).size()).toArray(), shape);
  }

  /**
   * The share of dead units of the only relu.
   *
   * @param input of a sample
   * @param last the weights that read "relu"
   */
  private static double dead(
      int[] input, Map<String, Tensor> constants, Tensor last, Node... nodes) {
    Map<String, Tensor> all = new TreeMap<>(constants);
    all.put("last", last);
    List<Node> chain = new ArrayList<>(List.of(nodes));
    chain.add(node("MatMul", "y", "relu", "last"));
    Graph graph =
        new Graph(List.of(new GraphInput("x", -1, input[0], input[1])), all, chain, List.of("y"));
    ModelDiagnosis found =
        ModelDiagnosis.of(
            new ImportedModel(graph, "ONNX", "", List.of()), stack -> UserData.none(stack, 8, 1));
    return found.diagnosis().decisive().evidence().layers().stream()
        .map(LayerEvidence::saturation)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow()
        .deadShare();
  }

  @Test
  void unitsOfADenseLayerOnStepsLieBehindTheSteps() {
    double dead =
        dead(
            new int[] {3, 2},
            Map.of("w", random(2, 4), "b", Tensor.of(BIAS, 4)),
            random(4, 2),
            node("MatMul", "wx", "x", "w"),
            node("Add", "z", "wx", "b"),
            node("Relu", "relu", "z"));
    assertThat(dead).isEqualTo(0.25);
  }

  @Test
  void unitsOfADenseLayerOnStepsThatWereLaidBehindEachOtherAreFoundAgain() {
    double dead =
        dead(
            new int[] {3, 2},
            Map.of(
                "w", random(2, 4),
                "b", Tensor.of(BIAS, 4),
                "rows", Tensor.integers(-1, 2),
                "steps", Tensor.integers(-1, 3, 4)),
            random(4, 2),
            node("Reshape", "flat", "x", "rows"),
            node("Gemm", "g", "flat", "w", "b"),
            node("Reshape", "z", "g", "steps"),
            node("Relu", "relu", "z"));
    assertThat(dead).isEqualTo(0.25);
  }

  @Test
  void unitsOfAConvolutionAreItsChannels() {
    Map<String, Tensor> constants = Map.of("w", random(4, 2, 1), "b", Tensor.of(BIAS, 4));
    Node convolution = node("Conv", "c", "x", "w", "b");
    int[] input = {2, 5};
    assertThat(dead(input, constants, random(5, 3), convolution, node("Relu", "relu", "c")))
        .isEqualTo(0.25);
    Attributes order = Attributes.NONE.with("perm", List.of(0, 2, 1));
    Node turned = node("Transpose", "t", order, "c");
    assertThat(dead(input, constants, random(4, 3), convolution, turned, node("Relu", "relu", "t")))
        .isEqualTo(0.25);
    Node flat = node("Flatten", "f", "c");
    assertThat(dead(input, constants, random(20, 3), convolution, flat, node("Relu", "relu", "f")))
        .isEqualTo(0.25);
  }
}
