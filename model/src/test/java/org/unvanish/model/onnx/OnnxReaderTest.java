package org.unvanish.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/** What exporters write is read, computed as by ONNX Runtime, and has PyTorch's gradients. */
class OnnxReaderTest {
  static List<String> models() throws IOException {
    return Fixture.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void outputsAndGradientsArePytorchs(String name) throws IOException {
    Fixture fixture = Fixture.of(name);
    Graph graph = OnnxReader.read(fixture.file()).graph();
    Run run = new Interpreter(graph).run(fixture.inputs());
    assertEqual(run.outputs().get(0), fixture.outputs().get("y"), 1e-6);

    Map<String, Tensor> gradients =
        run.backward(Map.of(graph.outputs().get(0), fixture.errors().get("y")));
    fixture
        .gradients()
        .forEach(
            (value, expected) -> {
              // Exporters that fold constants give some weights other names.
              if (run.values().containsKey(value)) {
                assertEqual(gradients.get(value), expected, 1e-6);
              }
            });
    assertThat(gradients).containsKey("x");
  }

  @ParameterizedTest
  @MethodSource("models")
  void outputsAreThoseOfOnnxRuntime(String name) throws IOException, OrtException {
    Fixture fixture = Fixture.of(name);
    Run run = new Interpreter(OnnxReader.read(fixture.file()).graph()).run(fixture.inputs());
    List<Tensor> outputs = Runtime.run(fixture.file(), fixture.inputs());
    // What a ZipMap gives is no tensor.
    for (Tensor output : outputs) {
      assertEqual(run.outputs().get(0), output, 1e-5);
      break;
    }
    assertThat(outputs.isEmpty()).isEqualTo(name.matches("skl2onnx_(two|three)"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void foldingChangesNoOutput(String name) throws IOException {
    Fixture fixture = Fixture.of(name);
    Graph folded = GraphFolding.fold(OnnxReader.read(fixture.file()).graph());
    Run run = new Interpreter(folded).run(fixture.inputs());
    assertEqual(run.outputs().get(0), fixture.outputs().get("y"), 1e-6);
  }

  @Test
  void unfoldedWeightsKeepTheirNames() throws IOException {
    Graph graph = OnnxReader.read(Fixture.file("gru_unfolded.onnx")).graph();
    assertThat(graph.constants()).containsKeys("recurrent.weight_ih_l0", "recurrent.bias_hh_l0");
  }

  @Test
  void initializersAmongTheInputsAreConstants() throws IOException {
    Graph graph = OnnxReader.read(Fixture.file("initializers_as_inputs.onnx")).graph();
    assertThat(graph.inputs()).hasSize(1);
    assertThat(graph.inputs().get(0).shape()).containsExactly(-1, 4);
    assertThat(graph.constants()).containsKeys("0.weight", "4.bias");
  }

  @Test
  void parametersWrittenOnceAreEachLayersOwn() throws IOException {
    Graph graph = OnnxReader.read(Fixture.file("identity_shared.onnx")).graph();
    assertThat(operators(graph)).doesNotContainKey("Identity");
    assertThat(graph.constants()).containsKeys("1.weight", "4.weight");
  }

  @Test
  void labelsAreLeftOutAndSaid() throws IOException {
    ImportedModel model = OnnxReader.read(Fixture.file("skl2onnx_three.onnx"));
    assertThat(model.graph().outputs()).containsExactly("probabilities");
    assertThat(operators(model.graph())).doesNotContainKeys("ArgMax", "ZipMap");
    assertThat(model.warnings()).anyMatch(text -> text.contains("[output_label] hold labels"));
    assertThat(model.producer()).isEqualTo("skl2onnx 1.16.0");
    assertThat(model.format()).isEqualTo("ONNX");
  }

  @Test
  void aGruThatAnExporterWroteWronglyIsWarnedOf() throws IOException {
    assertThat(OnnxReader.read(Fixture.file("dynamo_gru_wrong.onnx")).warnings())
        .anyMatch(
            text ->
                text.startsWith("node \"node_Y\" (GRU): it resets before the product")
                    && text.contains("onnxscript 0.7.1"));
    for (String right : List.of("dynamo_gru", "gru_folded", "tf2onnx_gru")) {
      assertThat(OnnxReader.read(Fixture.file(right + ".onnx")).warnings())
          .noneMatch(text -> text.contains("GRU"));
    }
  }

  @Test
  void aConvolutionThatMayHideBatchNormalisationSaysHowToExportInTraining() throws IOException {
    assertThat(OnnxReader.read(Fixture.file("batchnorm_evaluation.onnx")).warnings())
        .singleElement()
        .asString()
        .contains("(Conv) may hide batch normalisation", "TrainingMode.TRAINING");
  }

  /** Batch normalisation that is there is measured as it trains. */
  @Test
  void whereNothingIsHiddenNothingIsSaid() throws IOException {
    for (String file : List.of("batchnorm_training", "opset11", "mlp_gelu", "tf2onnx_cnn")) {
      assertThat(OnnxReader.read(Fixture.file(file + ".onnx")).warnings()).as(file).isEmpty();
    }
  }

  @Test
  void weightsOfEightBitsAreReadAndSaid() throws IOException {
    ImportedModel model = OnnxReader.read(Fixture.file("dequantised.onnx"));
    assertThat(operators(model.graph())).doesNotContainKey("DequantizeLinear");
    assertThat(model.warnings()).filteredOn(text -> text.contains("rounded")).hasSize(2);
    ImportedModel back = OnnxReader.read(Fixture.file("quantised_and_back.onnx"));
    assertThat(operators(back.graph())).containsOnlyKeys("Gemm");
    assertThat(back.warnings()).anyMatch(text -> text.startsWith("1 nodes round values to 8 bits"));
  }

  private static Map<String, Integer> operators(Graph graph) {
    Map<String, Integer> count = new HashMap<>();
    for (Node node : graph.nodes()) {
      count.merge(node.operator(), 1, Integer::sum);
    }
    return count;
  }

  static void assertEqual(Tensor actual, Tensor expected, double bound) {
    assertThat(actual.shape()).containsExactly(expected.shape());
    for (int i = 0; i < expected.size(); i++) {
      double one = Math.max(1, Math.abs(expected.value(i)));
      assertThat(actual.value(i)).isCloseTo(expected.value(i), within(bound * one));
    }
  }
}
