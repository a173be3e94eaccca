package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/**
 * Graphs with as many nodes as are allowed are taken apart; these tests end in seconds or never.
 */
class LargeGraphTest {

  private static final int NODES = 20_000;
  private static final Map<String, Tensor> WEIGHTS =
      Map.of("w", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));

  private static Graph graph(List<Node> nodes) {
    return new Graph(
        List.of(new GraphInput("x", -1, 2)), WEIGHTS, nodes, nodes.get(nodes.size() - 1).outputs());
  }

  private static Node node(int number, String operator, String... inputs) {
    return new Node(
        "n" + number, operator, List.of(inputs), List.of("v" + number), Attributes.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tanh", "Identity", "Neg", "Flatten", "Softmax"})
  void aChainOfNodesWithoutWeights(String operator) {
    List<Node> nodes = new ArrayList<>(List.of(node(0, "MatMul", "x", "w")));
    for (int i = 1; i < NODES; i++) {
      nodes.add(node(i, operator, "v" + (i - 1)));
    }
    assertThat(GraphStack.of(graph(nodes)).layers()).isNotEmpty();
  }

  /** {@code x + W(x + W(x + …))}: a residual block in a residual block and so on. */
  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, NODES / 2})
  void blocksInBlocks(int depth) {
    List<Node> nodes = new ArrayList<>(List.of(node(0, "MatMul", "x", "w")));
    for (int i = 1; i < 2 * depth; i += 2) {
      nodes.add(node(i, "Add", "x", "v" + (i - 1)));
      nodes.add(node(i + 1, "MatMul", "v" + i, "w"));
    }
    assertThat(GraphStack.of(graph(nodes)).layers()).isNotEmpty();
  }

  /** {@code v(i + 1) = v(i) + W·v(i)}. */
  @ParameterizedTest
  @ValueSource(ints = {NODES / 2})
  void blocksBehindBlocks(int count) {
    List<Node> nodes = new ArrayList<>(List.of(node(0, "MatMul", "x", "w")));
    for (int i = 1; i < 2 * count; i += 2) {
      nodes.add(node(i, "MatMul", "v" + (i - 1), "w"));
      nodes.add(node(i + 1, "Add", "v" + i, "v" + (i - 1)));
    }
    assertThat(GraphStack.of(graph(nodes)).layers()).hasSize(count + 1);
  }
}
