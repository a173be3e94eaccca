package org.unvanish.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

class TorchReaderTest {

  /** PyTorch computed in double precision, too; sums are in another order. */
  private static final double CLOSE = 1e-9;

  private static final List<String> MODELS =
      List.of(
          "mlp",
          "mlp-legacy",
          "mlp-protocol4",
          "activations",
          "cnn",
          "signal",
          "norms",
          "norms-eval",
          "tied",
          "maxima",
          "embedding",
          "rnn",
          "lstm",
          "gru");

  private static ImportedModel read(String name) throws IOException {
    return TorchReader.read(Fixture.file(name + ".pt"), Limits.DEFAULT);
  }

  static List<String> models() {
    return MODELS;
  }

  @ParameterizedTest
  @MethodSource("models")
  void outputsAndGradientsAreThoseOfPyTorch(String name) throws IOException {
    ImportedModel model = read(name);
    Map<String, Tensor> expected = Fixture.expected(name);
    Run run = new Interpreter(model.graph()).run(Map.of("input", expected.get("input")));
    assertClose("output", run.outputs().get(0), expected.get("output"), 0);
    Map<String, Tensor> gradients =
        run.backward(Map.of(model.graph().outputs().get(0), expected.get("signal")));
    Map<String, Tensor> ofParameters = Fixture.gradients(name);
    // Of a bias before a normalization it is 0, but for the rounding of sums.
    double rounding =
        1e-14
            * ofParameters.values().stream()
                .mapToDouble(TorchReaderTest::largest)
                .max()
                .orElseThrow();
    ofParameters.forEach(
        (parameter, gradient) ->
            assertClose(parameter, gradients.get(parameter), gradient, rounding));
    if (expected.containsKey("gradient")) {
      assertClose("input", gradients.get("input"), expected.get("gradient"), rounding);
    }
    // Others stand for a γ or β that a normalization does not have, and have names of nodes.
    assertThat(model.graph().parameters().stream().filter(key -> !key.startsWith("/")))
        .containsExactlyInAnyOrderElementsOf(ofParameters.keySet());
  }

  private static void assertClose(String what, Tensor actual, Tensor expected, double rounding) {
    assertThat(actual).as(what).isNotNull();
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Math.abs(actual.value(i) - expected.value(i)))
          .as("%s, value %d: %s instead of %s", what, i, actual.value(i), expected.value(i))
          .isLessThanOrEqualTo(CLOSE * largest(expected) + rounding);
    }
  }

  private static double largest(Tensor tensor) {
    return Arrays.stream(tensor.values()).map(Math::abs).max().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, '-1,4'",
    "cnn, '-1,1,-1,-1'",
    "signal, '-1,2,-1'",
    "norms, '-1,24'",
    "embedding, '-1,-1'",
    "gru, '-1,-1,3'"
  })
  void theFirstModuleSaysWhatIsRead(String name, String shape) throws IOException {
    long[] read = read(name).graph().inputs().get(0).shape();
    assertThat(Arrays.toString(read).replaceAll("[\\[\\] ]", "")).isEqualTo(shape);
  }

  @Test
  void namesAreThoseOfPyTorchsExporter() throws IOException {
    ImportedModel model = read("mlp");
    assertThat(model.graph().nodes().stream().map(Node::name))
        .containsExactly("/0/Gemm", "/1/Tanh", "/2/Gemm", "/3/Sigmoid", "/4/Gemm");
    assertThat(model.graph().parameters())
        .containsExactly("0.weight", "0.bias", "2.weight", "4.weight", "4.bias");
    assertThat(model.format()).isEqualTo("PyTorch");
  }

  @Test
  void aModelSaysInWhichModeItWasSaved() throws IOException {
    assertThat(read("norms").warnings())
        .containsExactly(
            "Batch normalization takes the statistics of each batch, since the model was saved in training mode.");
    assertThat(read("norms-eval").warnings())
        .anyMatch(warning -> warning.contains("saved after model.eval()"));
    assertThat(read("mlp").warnings()).isEmpty();
  }

  /** Tied weights get the sum of the gradients of both places. */
  @Test
  void tiedWeightsAreOneConstant() throws IOException {
    assertThat(read("tied").graph().parameters())
        .containsExactly("0.weight", "0.bias", "4.weight", "4.bias");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net-whole.pt | the model (__main__.Net): the forward pass of this class is a program, which the file does not have",
        "net-weights.pt | it has weights by their names (a state_dict), but does not say what is computed with them",
        "net.safetensors | it has weights by their names (a state_dict)",
        "checkpoint.pt | it has weights by their names (a state_dict)",
        "script.pt | it is a TorchScript archive, whose forward pass is a program. Load it with torch.jit.load",
        "weight-norm.pt | module 0 (torch.nn.modules.linear.Linear): it has hooks (_forward_pre_hooks)",
        "hardshrink.pt | module 1 (torch.nn.modules.activation.Hardshrink): this class of PyTorch is not one that Unvanish computes",
        "lstm-inside.pt | module 0 (torch.nn.modules.rnn.LSTM): it hands output and states to the next module",
        "attack.pt | data.pkl, byte",
        "mlp.json | torch.save did not write it: it is neither a zip archive nor a pickle",
      })
  void whatIsNoSequenceOfKnownModulesIsRefusedByNameWithTheWayOut(String file, String message) {
    assertThatThrownBy(() -> TorchReader.read(Fixture.file(file), Limits.DEFAULT))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("torch/" + file)
        .hasMessageContaining(message)
        .satisfies(
            e -> assertThat(((ModelRefusedException) e).wayOut()).as("way out").isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"attack.pt"})
  void aCallThatDoesHarmIsNamedAndNotMade(String file) {
    assertThatThrownBy(() -> NamedWeights.read(Fixture.file(file), Limits.DEFAULT))
        .hasMessageContaining(
            "it calls posix.system, which no model needs: the file may be an attack")
        .hasMessageContaining("Do not open it with torch.load.");
    assertThat(Path.of("/tmp/this-must-not-be-there")).doesNotExist();
  }

  /** A class that is added to the table needs a model here. */
  @Test
  void everyClassOfTheTableIsInAModel() throws IOException {
    TreeSet<String> missing = new TreeSet<>(ModuleTable.names());
    for (String name : MODELS) {
      try (TorchFile file = TorchFile.open(Fixture.file(name + ".pt"), Limits.DEFAULT)) {
        ModuleTree.leaves(TorchModule.of("", file.root()).orElseThrow(), Limits.DEFAULT)
            .forEach(module -> missing.remove(module.type()));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void aFileLargerThanAllowedIsRefusedBeforeItIsRead() {
    Limits small = new Limits(1000, 1000, 10, 10);
    assertThatThrownBy(() -> TorchReader.read(Fixture.file("mlp.pt"), small))
        .hasMessageContaining("the file has 3071 bytes, but at most 1000 are read");
    Limits few = new Limits(100_000, 100, 10, 10);
    assertThatThrownBy(() -> TorchReader.read(Fixture.file("mlp.pt"), few))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("0.weight");
  }
}
