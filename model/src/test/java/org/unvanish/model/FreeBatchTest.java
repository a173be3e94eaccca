package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

class FreeBatchTest {

  private static final Path GRU =
      Path.of("src/test/resources/org/unvanish/model/onnx/dynamo_gru.onnx");

  private static Tensor counting(int... shape) {
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> Math.sin(1.0 + i));
    return Tensor.of(values, shape);
  }

  private static Node node(String operator, String output, String... inputs) {
    return new Node(output, operator, List.of(inputs), List.of(output), Attributes.NONE);
  }

  /** Of 2×3 numbers, put into a row by a shape that says how many samples there are. */
  private static Graph reshaping(long samples, long... shape) {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    constants.put("shape", Tensor.integers(shape));
    constants.put("w", counting(6, 2));
    return new Graph(
        List.of(new GraphInput("x", new long[] {samples, 2, 3})),
        constants,
        List.of(node("Reshape", "row", "x", "shape"), node("MatMul", "y", "row", "w")),
        List.of("y"));
  }

  private static Tensor run(Graph graph, Tensor x) {
    return new Interpreter(graph).run(Map.of("x", x)).value("y");
  }

  @Test
  void aShapeThatRepeatsTheNumberOfSamplesTakesAnyNumber() {
    for (long[] shape : new long[][] {{1, 6}, {1, -1}, {-1, 6}}) {
      Graph frozen = reshaping(1, shape);
      Graph free = FreeBatch.of(frozen);
      Tensor two = counting(2, 2, 3);
      Tensor both = run(free, two);
      assertThat(both.shape()).containsExactly(2, 2);
      Tensor first = Tensor.of(Arrays.copyOf(two.values(), 6), 1, 2, 3);
      assertThat(Arrays.copyOf(both.values(), 2)).isEqualTo(run(frozen, first).values());
      assertThat(free.inputs().get(0).shape()).containsExactly(-1, 2, 3);
    }
  }

  @Test
  void zerosAsInitialStatesAreLeftOut() {
    GraphStack stack = ModelDiagnosis.stack(ModelReader.read(GRU));
    Node gru =
        stack.graph().nodes().stream().filter(n -> n.operator().equals("GRU")).toList().get(0);
    assertThat(gru.inputs().get(5)).isEmpty();
    new BatchAxes(stack, UserData.none(stack, 8, 1));
  }

  @Test
  void anyOtherStateIsNamedWithAWayOut() {
    ImportedModel model = ModelReader.read(GRU);
    Graph graph = GraphFolding.foldAll(model.graph());
    String state =
        graph.nodes().stream()
            .filter(node -> node.operator().equals("GRU"))
            .map(node -> node.inputs().get(5))
            .findFirst()
            .orElseThrow();
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    assertThat(constants).containsKey(state);
    constants.put(state, counting(1, 2, 4));
    Graph other = new Graph(graph.inputs(), constants, graph.nodes(), graph.outputs());
    GraphStack stack = ModelDiagnosis.stack(new ImportedModel(other, "ONNX", "", List.of()));
    ModelData data = UserData.none(stack, 8, 1);
    assertThatThrownBy(() -> new BatchAxes(stack, data))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("(GRU)")
        .hasMessageContaining("exported for a certain number of samples")
        .hasMessageContaining("dynamic_axes");
  }

  @Test
  void aSampleThatIsMixedWithOthersIsNotSetFree() {
    // Of 2×3 and one sample, its rows are those of the result: with more samples they would mix.
    Graph frozen = reshaping(1, 6, 1);
    Graph free = FreeBatch.of(frozen);
    assertThat(free.constants().get("shape").longs()).containsExactly(6, 1);
    assertThat(free.nodes().get(0).inputs()).containsExactly("x", "shape");
  }
}
