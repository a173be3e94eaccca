package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;

class RemedyCodeTest {

  private final GraphStack stack =
      ModelDiagnosis.stack(
          ModelReader.read(Path.of("src/test/resources/org/unvanish/model/onnx/mlp_sigmoid.onnx")));

  @ParameterizedTest
  @EnumSource(RemedyCode.Target.class)
  void everyRemedyHasLines(RemedyCode.Target target) {
    assertThat(RemedyCode.of(stack, Change.penalty(0.5), target)).isNotEmpty();
    assertThat(RemedyCode.of(stack, Change.scale(2), target)).isNotEmpty();
    assertThat(RemedyCode.of(stack, Change.start(PrescribedInitialization.HE), target))
        .isNotEmpty();
    assertThat(RemedyCode.of(stack, Change.factors(List.of(2.0, 3.0, 4.0)), target)).isNotEmpty();
    for (OtherRemedy remedy : OtherRemedy.values()) {
      assertThat(RemedyCode.of(stack, Change.of(remedy), target)).as(remedy.label()).isNotEmpty();
    }
    assertThat(RemedyCode.of(stack, Change.NONE, target)).isEmpty();
  }

  @Test
  void linesNameTheLayers() {
    assertThat(RemedyCode.of(stack, Change.scale(2), RemedyCode.Target.PYTORCH))
        .contains(
            "# in place of the activation behind 0, 2:",
            "        return 2.0 * torch.sigmoid(z / 2.0)");
  }
}
