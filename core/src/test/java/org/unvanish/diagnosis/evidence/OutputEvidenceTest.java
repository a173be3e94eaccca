package org.unvanish.diagnosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OutputEvidenceTest {

  @Test
  void aConstantPredictorKnowsTheSharesOfTheClasses() {
    int[] counts = {1, 3, 0};
    double loss = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
    assertThat(OutputEvidence.entropy(counts)).isCloseTo(loss, within(1e-12));
    assertThat(OutputEvidence.largestShare(counts)).isEqualTo(0.75);
  }

  @Test
  void oneClassIsPredictedWithoutLossAndNothingIsKnownWithoutSamples() {
    assertThat(OutputEvidence.entropy(new int[] {0, 7})).isEqualTo(0.0);
    assertThat(OutputEvidence.entropy(new int[2])).isNaN();
    assertThat(OutputEvidence.largestShare(new int[2])).isNaN();
  }
}
