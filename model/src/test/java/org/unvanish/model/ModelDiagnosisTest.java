package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  @Test
  void drawnInputsAreSaidToBeDrawn() {
    ModelDiagnosis found = diagnose(ModelReader.read(FIXTURES.resolve("onnx/mlp_gelu.onnx")));
    assertThat(found.data().title()).contains("standard normal", "random error signal");
    assertThat(found.notes()).anyMatch(note -> note.contains("random"));
  }
}
