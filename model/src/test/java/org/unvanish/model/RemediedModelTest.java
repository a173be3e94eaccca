package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.unvanish.activation.ActivationFunction.TANH;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.onnx.Fixture;
import org.unvanish.model.onnx.OnnxWriter;
import org.unvanish.model.onnx.Runtime;

/** What is written computes what was prescribed, in ONNX Runtime as well. */
class RemediedModelTest {

  private static final Path FIXTURES = Path.of("src/test/resources/org/unvanish/model");

  /** Adds numbers to what cancels them, or has another slope on each side of 0. */
  private static final List<String> NOT_LINEAR = List.of("mlp_elu", "mlp_selu");

  @TempDir private Path folder;

  private record Read(Fixture fixture, ImportedModel model, GraphStack stack) {
    static Optional<Read> of(String name) throws IOException {
      Fixture fixture = Fixture.of(name);
      ImportedModel model = ModelReader.read(fixture.file());
      try {
        return Optional.of(new Read(fixture, model, ModelDiagnosis.stack(model)));
      } catch (ModelRefusedException e) {
        // No layer stack, so nothing is prescribed for it.
        return Optional.empty();
      }
    }

    List<GraphLayer> scaled() {
      return stack.all().filter(l -> StackEdit.changed(stack, l, 2, false).isPresent()).toList();
    }

    Graph with(Change change) {
      return new RemediedModel(model, stack, change, 1).graph();
    }
  }

  static List<Read> all() throws IOException {
    List<Read> all = new ArrayList<>();
    for (String name : Fixture.names()) {
      Read.of(name).ifPresent(all::add);
    }
    return all;
  }

  static List<Read> withActivations() throws IOException {
    List<Read> all = new ArrayList<>(all());
    all.removeIf(read -> read.scaled().isEmpty());
    assertThat(all).hasSizeGreaterThan(30);
    return all;
  }

  @ParameterizedTest
  @MethodSource("withActivations")
  void everyHiddenActivationIsScaled(Read read) throws IOException, OrtException {
    for (double alpha : new double[] {2, 3}) {
      Graph graph = read.with(Change.scale(alpha));
      Run run = computed(graph, read.fixture().inputs());
      for (GraphLayer layer : read.scaled()) {
        Activation scaled = layer.activation().orElseThrow().times(alpha);
        Tensor before = run.value(layer.input());
        Tensor after = run.value(StackEdit.result(layer));
        for (int i = 0; i < before.size(); i++) {
          assertThat(after.value(i)).isCloseTo(scaled.value(before.value(i)), within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withActivations")
  void aVeryLargeScaleMakesTheNetworkLinear(Read read) throws IOException, OrtException {
    boolean straight =
        read.scaled().stream()
            .map(layer -> layer.activation().orElseThrow())
            .allMatch(activation -> activation.value(0) == 0 && activation.derivative(0) != 0);
    if (!straight || NOT_LINEAR.stream().anyMatch(read.fixture().file().toString()::contains)) {
      return;
    }
    GraphEdit linear = new GraphEdit(read.model().graph());
    for (GraphLayer layer : read.scaled()) {
      linear.leaveOut(layer.input(), StackEdit.result(layer));
      double slope = layer.activation().orElseThrow().derivative(0);
      linear.multiplyInput(layer.input(), StackEdit.result(layer), slope);
    }
    Run scaled = computed(read.with(Change.scale(1L << 30)), read.fixture().inputs());
    Run expected = computed(linear.graph(), read.fixture().inputs());
    assertClose(scaled.outputs().get(0), expected.outputs().get(0), 1e-6);
  }

  @ParameterizedTest
  @MethodSource("all")
  void initialWeightsAreThoseThatWereMeasured(Read read) throws IOException, OrtException {
    for (PrescribedInitialization values : PrescribedInitialization.values()) {
      Graph graph = read.with(Change.start(values));
      computed(graph, read.fixture().inputs());
      GraphStack again = ModelDiagnosis.stack(ModelReader.read(written(graph)));
      assertThat(DrawnWeights.present(again))
          .isEqualTo(new DrawnWeights(read.stack(), 1).initial(values));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void tanhTakesThePlaceOfOtherFunctions(Read read) throws IOException, OrtException {
    Change change = new Change(null, 3.0, null, List.of(OtherRemedy.USE_TANH));
    Run run = computed(read.with(change), read.fixture().inputs());
    for (GraphLayer layer : read.stack().all().toList()) {
      Optional<Activation> changed = StackEdit.changed(read.stack(), layer, 3, true);
      if (changed.isPresent()) {
        Tensor before = run.value(layer.input());
        Tensor after = run.value(StackEdit.result(layer));
        assertThat(after.value(0)).isCloseTo(changed.get().value(before.value(0)), within(1e-6));
      }
    }
  }

  private static final Change BOTH =
      new Change(null, 2.0, PrescribedInitialization.GLOROT, List.of());

  @ParameterizedTest
  @ValueSource(strings = {"mlp-keras-2.1.h5", "mlp-keras-3.h5", "recurrent.keras"})
  void modelsOfKerasAreWrittenAsOnnx(String name) throws IOException, OrtException {
    ImportedModel model = ModelReader.read(FIXTURES.resolve("keras").resolve(name));
    GraphStack stack = ModelDiagnosis.stack(model);
    Tensor inputs = UserData.none(stack, 4, 1).inputs(new int[] {0, 1, 2, 3});
    computed(new RemediedModel(model, stack, BOTH, 1).graph(), Map.of(stack.input(), inputs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "tied", "lstm", "gru"})
  void modelsOfPyTorchAreWrittenAsOnnx(String name) throws IOException, OrtException {
    ImportedModel model = ModelReader.read(FIXTURES.resolve("torch").resolve(name + ".pt"));
    GraphStack stack = ModelDiagnosis.stack(model);
    Tensor inputs = org.unvanish.model.torch.Fixture.expected(name).get("input");
    computed(new RemediedModel(model, stack, BOTH, 1).graph(), Map.of(stack.input(), inputs));
  }

  @ParameterizedTest
  @EnumSource(PrescribedInitialization.class)
  void weightsHaveTheNamesAndShapesOfPyTorch(PrescribedInitialization values) throws IOException {
    for (String name : List.of("mlp", "cnn", "tied", "norms", "rnn", "lstm", "gru")) {
      Path file = FIXTURES.resolve("torch").resolve(name + ".pt");
      ImportedModel model = ModelReader.read(file);
      GraphStack stack = ModelDiagnosis.stack(model);
      RemediedModel remedied = new RemediedModel(model, stack, Change.start(values), 1);
      Map<String, Tensor> expected = org.unvanish.model.torch.Fixture.gradients(name);
      Map<String, Tensor> weights = remedied.weights();
      assertThat(weights.keySet().stream().filter(key -> !key.startsWith("/")))
          .containsExactlyInAnyOrderElementsOf(expected.keySet())
          .noneMatch(key -> key.contains(".l0."));
      expected.forEach(
          (key, gradient) -> assertThat(weights.get(key).shape()).isEqualTo(gradient.shape()));
      assertThat(remedied.unknownNames()).isEmpty();
    }
  }

  /** PyTorch's exporter turns weights around, cuts gates to pieces and joins them again. */
  @Test
  void unfoldedWeightsAreFoundInTheFile() throws IOException {
    Read read = Read.of("lstm_unfolded").orElseThrow();
    Map<String, Tensor> weights =
        new RemediedModel(read.model(), read.stack(), Change.NONE, 1).weights();
    assertThat(weights)
        .containsKeys(
            "recurrent.weight_ih_l0",
            "recurrent.weight_hh_l0",
            "recurrent.bias_ih_l0",
            "recurrent.bias_hh_l0");
    weights.forEach(
        (name, tensor) ->
            assertThat(tensor.values())
                .isEqualTo(read.model().graph().constants().get(name).values()));
  }

  @Test
  void namesThatAnExporterMadeUpAreTold() throws IOException {
    Read read = Read.of("dense3d_folded").orElseThrow();
    assertThat(new RemediedModel(read.model(), read.stack(), Change.NONE, 1).unknownNames())
        .anyMatch(name -> name.startsWith("onnx::MatMul"));
  }

  @Test
  void weightsThatAreComputedAreRefused() {
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", -1, 2)),
            Map.of("w", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2), "half", Tensor.scalar(0.5)),
            List.of(node("Mul", "halved", "w", "half"), node("MatMul", "y", "x", "halved")),
            List.of("y"));
    assertThatThrownBy(() -> remedied(graph, Change.start(PrescribedInitialization.HE)).graph())
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("constant \"halved\": it is computed from other values of the file");
  }

  @Test
  void weightsThatTwoLayersHaveInDifferentFormsAreRefused() {
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", -1, 2)),
            Map.of("w", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2)),
            List.of(
                node("MatMul", "z", "x", "w"),
                node("Tanh", "a", "z"),
                node("Transpose", "turned", "w"),
                node("MatMul", "y", "a", "turned")),
            List.of("y"));
    assertThatThrownBy(() -> remedied(graph, Change.start(PrescribedInitialization.HE)).graph())
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("it shares its weights with other layers");
  }

  @Test
  void evaluationStaysEvaluation() {
    ImportedModel model = ModelReader.read(FIXTURES.resolve("torch/norms-eval.pt"));
    GraphStack stack = ModelDiagnosis.stack(model);
    assertThat(stack.normalisesBatches()).isTrue();
    Graph graph = new RemediedModel(model, stack, Change.scale(2), 1).graph();
    assertThat(graph.nodes())
        .filteredOn(node -> node.operator().equals("BatchNormalization"))
        .extracting(node -> node.attributes().flag("training_mode", false))
        // The last one has kept no statistics.
        .containsExactly(false, false, true);
  }

  @Test
  void normalisationInTrainingIsWritten() throws IOException, OrtException {
    Read read = Read.of("batchnorm_training").orElseThrow();
    computed(StackEdit.training(read.model().graph()), read.fixture().inputs());
  }

  /** ONNX Runtime crashes of a last input that is there and has no name. */
  @Test
  void optionalInputsWithoutNameAreNotWritten() throws IOException, OrtException {
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", -1, 3)),
            Map.of("scale", Tensor.of(new double[] {1, 2, 3}, 3)),
            List.of(node("LayerNormalization", "y", "x", "scale", "")),
            List.of("y"));
    computed(graph, Map.of("x", Tensor.of(new double[] {1, -2, 5, 0, 3, 4}, 2, 3)));
  }

  @Test
  void theLastActivationIsLeftOut() throws IOException, OrtException {
    Read read = Read.of("skl2onnx_three").orElseThrow();
    Graph graph = read.with(Change.of(OtherRemedy.FUSED_SOFTMAX));
    assertThat(graph.outputs()).isEqualTo(read.model().graph().outputs());
    assertThat(graph.nodes()).noneMatch(node -> node.operator().equals("Softmax"));
    Run run = computed(graph, read.fixture().inputs());
    assertThat(run.outputs().get(0).values())
        .isEqualTo(run.value(read.stack().last().input()).values());
  }

  @Test
  void factorsMultiplyWhatLayersRead() throws IOException, OrtException {
    Read read = Read.of("mlp_tanh_nobias").orElseThrow();
    Graph graph = read.with(Change.factors(List.of(2.0, 1.0, 0.5)));
    Run before = new Interpreter(read.model().graph()).run(read.fixture().inputs());
    Run after = computed(graph, read.fixture().inputs());
    GraphLayer first = read.stack().layers().get(0);
    assertThat(after.value(first.output()).value(0))
        .isCloseTo(2 * before.value(first.output()).value(0), within(1e-12));
  }

  @Test
  void recurrentNodesKeepTheirFunctionsAndAreNamed() throws IOException {
    Read read = Read.of("lstm_folded").orElseThrow();
    assertThat(new RemediedModel(read.model(), read.stack(), Change.scale(2), 1).untouchedNodes())
        .hasSize(1)
        .allMatch(place -> place.contains("(LSTM)"));
    assertThat(new RemediedModel(read.model(), read.stack(), Change.NONE, 1).untouchedNodes())
        .isEmpty();
  }

  @Test
  void aStackIsScaledAgain() throws IOException {
    Read read = Read.of("mlp_sigmoid").orElseThrow();
    GraphStack twice = StackEdit.scaled(StackEdit.scaled(StackEdit.withTanh(read.stack()), 2), 3);
    Run run = new Interpreter(twice.graph()).run(read.fixture().inputs());
    GraphLayer layer = twice.layers().get(1);
    assertThat(layer.activation()).contains(Activation.scaled(TANH, 6));
    assertThat(run.value(StackEdit.result(layer)).value(0))
        .isCloseTo(6 * Math.tanh(run.value(layer.input()).value(0) / 6), within(1e-12));
  }

  @Test
  void aNodeThatPassesValuesOnBelongsToTheFunctionBehindIt() {
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", -1, 1)),
            Map.of("w", Tensor.of(new double[] {1}, 1, 1)),
            List.of(
                node("Identity", "same", "x"),
                node("Tanh", "a", "same"),
                node("MatMul", "y", "a", "w")),
            List.of("y"));
    GraphStack scaled = StackEdit.scaled(GraphStack.of(graph), 2);
    Tensor y =
        new Interpreter(scaled.graph())
            .run(Map.of("x", Tensor.of(new double[] {3}, 1, 1)))
            .value("y");
    assertThat(y.value(0)).isCloseTo(2 * Math.tanh(1.5), within(1e-12));
  }

  private static Node node(String operator, String output, String... inputs) {
    return new Node("", operator, List.of(inputs), List.of(output), Attributes.NONE);
  }

  private static RemediedModel remedied(Graph graph, Change change) {
    ImportedModel model = new ImportedModel(graph, "ONNX", "", List.of());
    return new RemediedModel(model, ModelDiagnosis.stack(model), change, 1);
  }

  private Path written(Graph graph) throws IOException {
    return Files.write(folder.resolve("written.onnx"), OnnxWriter.bytes(graph));
  }

  /** What the interpreter computes, and ONNX Runtime of the written file. */
  private Run computed(Graph graph, Map<String, Tensor> inputs) throws IOException, OrtException {
    Run run = new Interpreter(graph).run(inputs);
    assertClose(Runtime.run(written(graph), inputs).get(0), run.outputs().get(0), 1e-6);
    return run;
  }

  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double largest = Arrays.stream(expected.values()).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.value(i))
          .isCloseTo(expected.value(i), within(tolerance * Math.max(1, largest)));
    }
  }
}
