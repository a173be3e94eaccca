package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

class GraphTest {
  private static final List<GraphInput> X = List.of(new GraphInput("x", -1, 2));

  private static Node node(String operator, String output, String... inputs) {
    return new Node(output + "-node", operator, List.of(inputs), List.of(output), Attributes.NONE);
  }

  private static Graph graph(Map<String, Tensor> constants, Node... nodes) {
    String last = nodes[nodes.length - 1].outputs().get(0);
    return new Graph(X, constants, List.of(nodes), List.of(last));
  }

  @Test
  void aCycleIsRefusedByItsNode() {
    assertThatThrownBy(() -> graph(Map.of(), node("Add", "a", "x", "b"), node("Tanh", "b", "a")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("node \"a-node\" (Add): it reads \"b\", which nothing before it computes.");
  }

  @Test
  void aNameThatIsDefinedTwiceIsRefused() {
    assertThatThrownBy(() -> graph(Map.of(), node("Tanh", "a", "x"), node("Relu", "a", "x")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("node \"a-node\" (Relu): \"a\" is defined twice.");
  }

  @Test
  void anUnknownOperatorIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> graph(Map.of(), node("ZipMap", "a", "x")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("node \"a-node\" (ZipMap)")
        .hasMessageContaining("Export the part of the model that is trained");
  }

  @Test
  void anOutputThatNothingComputesIsRefused() {
    assertThatThrownBy(() -> new Graph(X, Map.of(), List.of(), List.of("y")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("nothing computes its output \"y\"");
  }

  @Test
  void theWrongNumberOfInputsIsRefused() {
    assertThatThrownBy(() -> graph(Map.of(), node("Add", "a", "x")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("node \"a-node\" (Add): it has inputs: 1, but 2 at least.");
  }

  @Test
  void parametersAreWhatTrainingChanges() {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    constants.put("w", Tensor.zeros(3, 2));
    constants.put("b", Tensor.zeros(3));
    constants.put("half", Tensor.scalar(0.5));
    constants.put("scale", Tensor.zeros(3));
    constants.put("shift", Tensor.zeros(3));
    constants.put("mean", Tensor.zeros(3));
    constants.put("variance", Tensor.zeros(3));
    Graph graph =
        graph(
            constants,
            node("Transpose", "wt", "w"),
            node("MatMul", "xw", "x", "wt"),
            node("Add", "z", "xw", "b"),
            node("Mul", "h", "z", "half"),
            node("BatchNormalization", "n", "h", "scale", "shift", "mean", "variance"));
    assertThat(graph.parameters()).containsExactly("w", "b", "scale", "shift");
  }

  @Test
  void gradientsOfAllReadersAddUp() {
    Graph graph = graph(Map.of(), node("Mul", "a", "x", "x"), node("Add", "y", "a", "x"));
    Run run = new Interpreter(graph).run(Map.of("x", Tensor.of(new double[] {3, -1}, 1, 2)));
    Map<String, Tensor> gradients =
        run.backward(
            Map.of(
                "y", Tensor.of(new double[] {1, 2}, 1, 2),
                "a", Tensor.of(new double[] {10, 0}, 1, 2)));
    // (1 + 10)·2x + 1 and 2·2x + 2
    assertThat(gradients.get("x").values()).containsExactly(67, -2);
    assertThat(gradients.get("a").values()).containsExactly(11, 2);
    assertThat(run.value("y").values()).containsExactly(12, 0);
  }

  @Test
  void aMissingInputIsRefusedByName() {
    Graph graph = graph(Map.of(), node("Tanh", "y", "x"));
    assertThatThrownBy(() -> new Interpreter(graph).run(Map.of()))
        .hasMessage("input \"x\": no values are given for it.");
    assertThatThrownBy(() -> new Interpreter(graph).run(Map.of("x", Tensor.zeros(4, 3))))
        .hasMessage("input \"x\": the shape [4, 3] does not fit [-1, 2].");
  }

  @Test
  void aNodeThatCannotBeComputedIsNamed() {
    Graph graph = graph(Map.of("w", Tensor.zeros(3, 2)), node("MatMul", "y", "x", "w"));
    assertThatThrownBy(() -> new Interpreter(graph).run(Map.of("x", Tensor.zeros(1, 2))))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("node \"y-node\" (MatMul): the shapes of its matrices do not match.");
  }

  @Test
  void valuesThatDoNotFitIntoMemoryAreRefused() {
    Graph graph = graph(Map.of(), node("Tanh", "a", "x"), node("Tanh", "y", "a"));
    Interpreter interpreter = new Interpreter(graph, Limits.DEFAULT.withValueBytes(100));
    assertThatThrownBy(() -> interpreter.run(Map.of("x", Tensor.zeros(5, 2))))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("node \"y-node\" (Tanh)")
        .hasMessageContaining("Give fewer samples at once.");
  }

  @Test
  void shapesThatAnExporterTookApartAreConstants() {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    constants.put("w", Tensor.zeros(2, 6));
    constants.put("like", Tensor.zeros(4, 3));
    constants.put("first", Tensor.integers(1));
    constants.put("free", Tensor.integers(-1));
    Graph graph =
        graph(
            constants,
            node("Identity", "same", "w"),
            node("MatMul", "z", "x", "same"),
            node("Shape", "shape", "like"),
            node("Gather", "width", "shape", "first"),
            node("Concat", "target", "free", "width"),
            node("Reshape", "y", "z", "target"));
    Graph folded = GraphFolding.fold(graph);
    assertThat(folded.nodes()).extracting(Node::operator).containsExactly("MatMul", "Reshape");
    assertThat(folded.constants()).containsOnlyKeys("w", "target");
    assertThat(folded.constants().get("target").longs()).containsExactly(-1, 3);
    assertThat(folded.parameters()).containsExactly("w");
    Run run = new Interpreter(folded).run(Map.of("x", Tensor.zeros(1, 2)));
    assertThat(run.value("y").shape()).containsExactly(2, 3);
  }

  @Test
  void whatIsMadeOfParametersStaysSoThatTheirGradientIsKnown() {
    Graph graph =
        graph(
            Map.of("w", Tensor.of(new double[] {1, 2}, 1, 2)),
            node("Transpose", "wt", "w"),
            node("MatMul", "y", "x", "wt"));
    Graph folded = GraphFolding.fold(graph);
    assertThat(folded.nodes()).hasSize(2);
    Run run = new Interpreter(folded).run(Map.of("x", Tensor.of(new double[] {3, 4}, 1, 2)));
    assertThat(run.value("y").value(0)).isCloseTo(11, within(1e-15));
    assertThat(run.backward(Map.of("y", Tensor.of(new double[] {1}, 1, 1))).get("w").values())
        .containsExactly(3, 4);
  }

  @Test
  void foldingDoesNotTryWhatIsHuge() {
    Graph graph =
        graph(
            Map.of("shape", Tensor.integers(30_000, 30_000)),
            node("ConstantOfShape", "zeros", "shape"),
            node("Add", "y", "x", "zeros"));
    assertThat(GraphFolding.fold(graph).nodes()).hasSize(2);
  }

  @Test
  void attributesOfAnotherTypeAreRefusedByName() {
    Attributes attributes = Attributes.NONE.with("axis", 1.5).with("axes", List.of(1, 2));
    assertThatThrownBy(() -> attributes.integer("axis", 0))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("attribute axis: the value 1.5 is not of the type Long.");
    assertThat(attributes.integers("axes")).containsExactly(1, 2);
    assertThat(attributes.number("epsilon", 0.5)).isEqualTo(0.5);
  }
}
