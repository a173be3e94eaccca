package org.unvanish.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassSharesTest {

  @Test
  void aConstantPredictorKnowsTheSharesOfTheClasses() {
    int[] counts = {1, 3, 0};
    double loss = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
    assertThat(ClassShares.entropy(counts)).isCloseTo(loss, within(1e-12));
    assertThat(ClassShares.largestShare(counts)).isEqualTo(0.75);
  }

  @Test
  void oneClassIsPredictedWithoutLossAndNothingIsKnownWithoutSamples() {
    assertThat(ClassShares.entropy(new int[] {0, 7})).isEqualTo(0.0);
    assertThat(ClassShares.entropy(new int[2])).isNaN();
    assertThat(ClassShares.largestShare(new int[2])).isNaN();
  }
}
