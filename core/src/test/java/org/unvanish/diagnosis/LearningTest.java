package org.unvanish.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.OutputEvidence;

class LearningTest {

  private static final double CONSTANT = StrictMath.log(10);

  @Test
  void itIsMeasuredAgainstAConstantPredictor() {
    assertThat(learning(CONSTANT, 0.1)).isEqualTo(Learning.NOTHING);
    assertThat(learning(0.95 * CONSTANT, 0.2)).isEqualTo(Learning.NOTHING);
    assertThat(learning(0.85 * CONSTANT, 0.3)).isEqualTo(Learning.SOME);
    assertThat(learning(0.5 * CONSTANT, 0.3)).isEqualTo(Learning.FITTED);
    assertThat(learning(0.9 * CONSTANT, 0.75)).isEqualTo(Learning.FITTED);
  }

  /** A chain of fifty units keeps the sign of its input: right by chance, and nothing is learnt. */
  @Test
  void rightAnswersWithoutALowerLossAreNotLearnt() {
    assertThat(learning(CONSTANT * 1.001, 1)).isEqualTo(Learning.NOTHING);
  }

  /** One unit tells three of the four cases of XOR, and learns no more. */
  @Test
  void threeOfFourAreNotAll() {
    OutputEvidence three = new OutputEvidence(0.5, 0.75, 0.4, 1, StrictMath.log(2), 0.5, 0.5);
    assertThat(Learning.of(three, null)).isEqualTo(Learning.SOME);
  }

  @Test
  void worseIsWorseThanTheStartAsWell() {
    OutputEvidence bad = output(3 * CONSTANT, 0.1);
    assertThat(Learning.of(bad, null)).isEqualTo(Learning.NOTHING);
    assertThat(Learning.of(bad, output(CONSTANT, 0.1))).isEqualTo(Learning.WORSE);
    assertThat(Learning.of(bad, output(11 * CONSTANT, 0.1))).isEqualTo(Learning.NOTHING);
    assertThat(learning(Double.POSITIVE_INFINITY, 0.1)).isEqualTo(Learning.WORSE);
    assertThat(learning(Double.NaN, 0.1)).isEqualTo(Learning.WORSE);
  }

  @Test
  void withoutSomethingToCompareWithNothingIsKnown() {
    assertThat(Learning.of(new OutputEvidence(1, 0.5, 1, 1, Double.NaN, Double.NaN, 1), null))
        .isEqualTo(Learning.UNKNOWN);
    // One class in the window: a constant predictor has no loss at all.
    assertThat(Learning.of(new OutputEvidence(0.1, 1, 1, 1, 0, 1, 1), null))
        .isEqualTo(Learning.UNKNOWN);
  }

  @Test
  void multiplyingTheLossChangesNothing() {
    for (double part : new double[] {0.3, 0.8, 1, 5}) {
      OutputEvidence one = output(part * CONSTANT, 0.2);
      OutputEvidence thousand =
          new OutputEvidence(1000 * one.loss(), 0.2, 300, 1, 1000 * one.constantLoss(), 0.1, 0.2);
      assertThat(Learning.of(thousand, null)).isEqualTo(Learning.of(one, null));
    }
  }

  private static Learning learning(double loss, double accuracy) {
    return Learning.of(output(loss, accuracy), null);
  }

  private static OutputEvidence output(double loss, double accuracy) {
    return new OutputEvidence(loss, accuracy, 0.3, 1, CONSTANT, 0.1, 0.2);
  }
}
