package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Operators;
import org.unvanish.model.graph.Tensor;

/** A graph is taken apart into layers. */
class GraphStackTest {

  /** Of one number, but they multiply it by another, change nothing, or answer yes or no. */
  private static final Set<String> NO_ACTIVATIONS = Set.of("Neg", "Clip", "Not");

  private static Node node(String operator, String output, String... read) {
    return new Node(output, operator, List.of(read), List.of(output), Attributes.NONE);
  }

  /** Two layers of weights and one output, with more nodes and outputs. */
  private static Graph graph(List<Node> nodes, String... outputs) {
    Tensor weights = Tensor.of(new double[] {0.5, -0.2, 0.3, 0.4}, 2, 2);
    return new Graph(
        List.of(new GraphInput("x", -1, 2)),
        Map.of("first", weights, "second", weights, "third", weights),
        nodes,
        List.of(outputs));
  }

  @Test
  void anOperatorOfOneNumberIsAnActivation() {
    List<String> names = Operators.names().stream().filter(Operators::isOfOneNumber).toList();
    assertThat(names)
        .contains("Gelu", "Swish", "HardSwish", "Mish", "Celu", "ThresholdedRelu", "Sin", "Relu")
        .containsAll(NO_ACTIVATIONS);
    for (String name : names) {
      Graph graph =
          graph(
              List.of(
                  node("MatMul", "z", "x", "first"),
                  node(name, "a", "z"),
                  node("MatMul", "y", "a", "second")),
              "y");
      assertThat(GraphStack.of(graph).layers().get(1).role())
          .as(name)
          .isEqualTo(NO_ACTIVATIONS.contains(name) ? StepRole.POOLING : StepRole.ACTIVATION);
    }
  }

  @Test
  void outputsThatAreNotDiagnosedAreNamed() {
    Graph graph =
        graph(
            List.of(
                node("Neg", "negative", "x"),
                node("MatMul", "z", "x", "first"),
                node("Tanh", "a", "z"),
                node("MatMul", "y", "a", "second"),
                node("MatMul", "other", "a", "third")),
            "y",
            "negative",
            "a",
            "other");
    ModelDiagnosis found =
        ModelDiagnosis.of(
            new ImportedModel(graph, "ONNX", "", List.of()), stack -> UserData.none(stack, 8, 1));
    assertThat(found.notes())
        .contains(
            "Only the output \"y\" is diagnosed. To diagnose \"a\" or \"other\" instead, export the"
                + " model with that output first.");
    assertThat(GraphStack.of(graph).otherOutputs()).containsExactly("a", "other");
  }

  @Test
  void nothingIsSaidOfOutputsWhereThereIsOne() {
    Graph graph =
        graph(List.of(node("MatMul", "z", "x", "first"), node("MatMul", "y", "z", "second")), "y");
    assertThat(GraphStack.of(graph).otherOutputs()).isEmpty();
  }
}
