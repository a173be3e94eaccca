package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** What a recurrent node's steps do is told where the equations for it are those of the node. */
class RecurrentNodeTest {

  private static Tensor random(int... shape) {
    return Tensor.of(new SplittableRandom(1).doubles(Tensor.zeros(shape).size()).toArray(), shape);
  }

  private static List<RecurrentNode> directions(Tensor peepholes) {
    Node lstm =
        new Node(
            "lstm",
            "LSTM",
            List.of("x", "w", "r", "", "", "", "", "p"),
            List.of("y"),
            Attributes.NONE.with("hidden_size", 2));
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", -1, -1, 3)),
            Map.of("w", random(1, 8, 3), "r", random(1, 8, 2), "p", peepholes),
            List.of(lstm),
            List.of("y"));
    return RecurrentNode.of(lstm, new Interpreter(graph).run(Map.of("x", random(4, 1, 3))));
  }

  @Test
  void theStepsOfAnLstmWithPeepholesAreNotTold() {
    assertThat(directions(Tensor.zeros(1, 6))).hasSize(1);
    assertThat(directions(random(1, 6))).isEmpty();
  }
}
