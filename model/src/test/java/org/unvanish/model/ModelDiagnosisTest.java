package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.probe.ProbeProgress;

/** Real files of all formats are taken apart and diagnosed. */
class ModelDiagnosisTest {

  private static final Path FIXTURES = Path.of("src/test/resources/org/unvanish/model");

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      return files.filter(ModelReader::isModel).sorted().toList().stream();
    }
  }

  private static ModelDiagnosis diagnose(ImportedModel model) {
    return ModelDiagnosis.of(
        model,
        stack -> UserData.none(stack, 32, 1),
        null,
        1,
        Thresholds.DEFAULT,
        ProbeProgress.SILENT);
  }

  /** Whatever it is: measured, or refused with a place and a reason. */
  @ParameterizedTest
  @MethodSource("files")
  void aFileIsDiagnosedOrRefused(Path file) {
    try {
      ModelDiagnosis found = diagnose(ModelReader.read(file));
      MeasuredBackward evidence = found.diagnosis().decisive().evidence();
      assertThat(evidence.layers()).isNotEmpty();
      assertThat(evidence.output().outputErrorRms()).isBetween(0.5, 1.5);
      for (LayerEvidence layer : evidence.layers()) {
        assertThat(layer.name()).isNotEmpty();
        assertThat(layer.enteringLog10()).isNotNaN();
        assertThat(layer.tensors()).isNotEmpty();
      }
    } catch (ModelRefusedException refused) {
      assertThat(refused.place()).isNotEmpty();
      assertThat(refused.reason()).isNotEmpty();
    }
  }

  private static List<String> layers(String file) {
    return ModelDiagnosis.stack(ModelReader.read(FIXTURES.resolve(file))).layers().stream()
        .map(layer -> layer.name() + " " + layer.role())
        .toList();
  }

  @Test
  void activationsAreKnownHoweverTheyAreWritten() {
    assertThat(layers("onnx/mlp_gelu.onnx"))
        .containsExactly(
            "0 weights", "gelu activation", "2 weights", "gelu activation", "4 weights");
  }

  @Test
  void aResidualBlockHasItsBranchInside() {
    GraphStack stack =
        ModelDiagnosis.stack(ModelReader.read(FIXTURES.resolve("onnx/residual.onnx")));
    assertThat(stack.layers())
        .filteredOn(layer -> layer.role() == StepRole.RESIDUAL)
        .isNotEmpty()
        .allSatisfy(block -> assertThat(block.inside()).isNotEmpty());
  }

  /**
   * Normalization and dropout are layers of their own; what rescales inputs is passed like pooling.
   */
  @Test
  void layersOfKerasHaveTheirNamesAndRoles() {
    assertThat(layers("keras/cnn-keras-2.11.h5"))
        .containsExactly(
            "mul pooling",
            "add pooling",
            "conv2d weights",
            "relu activation",
            "batch_normalization normalization",
            "max-pool pooling",
            "conv2d_1 weights",
            "tanh activation",
            "average-pool pooling",
            "dropout dropout",
            "dense weights",
            "softmax activation");
    assertThat(layers("keras/recurrent-keras-2.2.h5"))
        .containsExactly(
            "embedding weights", "bidirectional weights", "gru weights", "dense weights");
  }

  @Test
  void aScaleThatKerasWritesAsRescalingsIsRecognised() {
    GraphStack stack =
        ModelDiagnosis.stack(ModelReader.read(FIXTURES.resolve("keras/scaled.keras")));
    assertThat(stack.layers().stream().map(GraphLayer::activation).flatMap(Optional::stream))
        .containsExactly(ActivationFunction.TANH.scaled(2));
    assertThat(stack.layers().get(0).name()).isEqualTo("wide");
    assertThat(stack.last().name()).isEqualTo("logits");
  }

  @Test
  void aFunctionalModelOfKerasHasItsBlocksAndItsInnerModels() {
    GraphStack stack =
        ModelDiagnosis.stack(ModelReader.read(FIXTURES.resolve("keras/functional.keras")));
    assertThat(stack.layers())
        .filteredOn(layer -> layer.role() == StepRole.RESIDUAL)
        .singleElement()
        .satisfies(
            block ->
                assertThat(block.inside().stream().map(GraphLayer::name))
                    .containsExactly("conv1d_1", "gelu"));
    assertThat(stack.layers()).anyMatch(layer -> layer.name().equals("block/inner_dense"));
  }

  @Test
  void recurrentLayersOfKerasAreMeasuredThroughTime() {
    MeasuredBackward evidence =
        diagnose(ModelReader.read(FIXTURES.resolve("keras/recurrent.keras")))
            .diagnosis()
            .decisive()
            .evidence();
    assertThat(evidence.time().stream().map(time -> time.layer() + " " + time.reverse()))
        .containsExactlyInAnyOrder(
            "simple_rnn false",
            "bidirectional false",
            "bidirectional true",
            "gru false",
            "gru_1 false");
  }

  @Test
  void theWeightsOfAFileAreNotCalledInitial() {
    ModelDiagnosis found = diagnose(ModelReader.read(FIXTURES.resolve("keras/recurrent.keras")));
    assertThat(found.diagnosis().decisive().evidence().step())
        .isEqualTo(MeasuredBackward.UNKNOWN_STEP);
    assertThat(found.conclusion().prescription().why())
        .startsWith("At the file's weights ")
        .contains("A new initialization means training anew: it replaces the file's weights.");
  }

  /** Those of Keras come as numbers like all others, and are converted before the table. */
  @Test
  void theNumbersOfCategoriesAreDrawnAmongThemAndNotMeasured() {
    ModelDiagnosis found =
        diagnose(ModelReader.read(FIXTURES.resolve("keras/recurrent-keras-2.2.h5")));
    assertThat(found.data().title()).isEqualTo("categories drawn at random");
    double[] drawn = found.data().inputs(IntStream.range(0, 32).toArray()).values();
    assertThat(Arrays.stream(drawn).distinct().sorted().toArray())
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(found.diagnosis().decisive().evidence().inputRms()).isZero();
  }

  @Test
  void theNumbersOfCategoriesAreNotScaled() {
    GraphStack stack =
        ModelDiagnosis.stack(ModelReader.read(FIXTURES.resolve("torch/embedding.pt")));
    float[][] words = {{0, 4}, {3, 1}, {0, 4}, {3, 1}};
    Dataset data = Dataset.of("words", words, new int[] {0, 1, 0, 1});
    for (PixelScaling scaling : PixelScaling.values()) {
      ModelData samples = UserData.of(stack, data, scaling);
      for (ModelData each : List.of(samples, samples.standardised())) {
        assertThat(each.inputs(new int[] {0, 1}).values()).containsExactlyInAnyOrder(0, 4, 3, 1);
        assertThat(each.evidence().givenInputRms()).isNaN();
      }
    }
  }

  @Test
  void drawnInputsAreSaidToBeDrawn() {
    ModelDiagnosis found = diagnose(ModelReader.read(FIXTURES.resolve("onnx/mlp_gelu.onnx")));
    assertThat(found.data().title()).contains("standard normal", "random error signal");
    assertThat(found.notes()).anyMatch(note -> note.contains("random"));
  }
}
