package org.unvanish.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.loss.Score;

/** The rules about the last activation, the targets and what is learnt of numbers. */
class OutputRulesTest {

  private static final Score R_SQUARED = new Score("r2", "R²", "R²", true, Score.Form.NUMBER);

  /** The targets' variance: what a constant predictor has as a squared error. */
  private static final double CONSTANT = 1;

  @Test
  void whatIsLearntOfNumbersIsMeasuredByTheLoss() {
    assertThat(Learning.of(numbers(0.4, 1, null), null)).isEqualTo(Learning.FITTED);
    assertThat(Learning.of(numbers(0.8, 1, null), null)).isEqualTo(Learning.SOME);
    assertThat(Learning.of(numbers(0.95, 1, null), null)).isEqualTo(Learning.NOTHING);
    assertThat(Learning.of(numbers(4, 1, null), numbers(1.2, 1, null))).isEqualTo(Learning.WORSE);
  }

  /** As of grey pixels: a cross-entropy of 0.5 is the least there is, and 0.6 says nothing. */
  @Test
  void whatPerfectOutputsWouldLeaveIsNotToBeLearnt() {
    assertThat(Learning.of(output(0.6, 0.62, 1, 0.5, null), null)).isEqualTo(Learning.SOME);
    assertThat(Learning.of(output(0.62, 0.62, 1, 0.5, null), null)).isEqualTo(Learning.NOTHING);
    assertThat(Learning.of(output(0.52, 0.62, 1, 0.5, null), null)).isEqualTo(Learning.FITTED);
  }

  @Test
  void aSaturatedOutputThatIsWrongIsACauseOfItsOwn() {
    assertThat(verdict(numbers(1, 1, last(-1.6, -0.6, 0.9, 0)), 0))
        .isEqualTo(new Verdict(Signal.STABLE, Cause.SATURATED_OUTPUT, null));
    // So much is lost there that nothing gets to the first weights.
    assertThat(verdict(numbers(1, 1, last(-4, -0.6, 0.9, 0)), 0))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.SATURATED_OUTPUT, Mechanism.ACTIVATION));
  }

  @Test
  void aSaturatedOutputThatIsRightIsNone() {
    assertThat(verdict(numbers(0.1, 1, last(-4, -0.6, 0.9, 0)), 0).isHealthy()).isTrue();
    assertThat(verdict(numbers(0.8, 1, last(-4, -0.6, 0.9, 0)), 0).isHealthy()).isTrue();
    // Saturated where it is right, and not where it errs.
    assertThat(verdict(numbers(1, 1, last(-0.8, -0.6, 0.9, 0)), 0).isHealthy()).isTrue();
    assertThat(verdict(numbers(1, 1, last(-0.8, -0.6, 0.1, 0)), 0).isHealthy()).isTrue();
  }

  @Test
  void aLastReluThatIsOffIsASaturatedOutput() {
    double nothing = Double.NEGATIVE_INFINITY;
    assertThat(verdict(numbers(1.3, 1, last(nothing, 0, 0, 1)), 0))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.SATURATED_OUTPUT, Mechanism.ACTIVATION));
    // Two of three outputs: the third one's errors arrive.
    assertThat(verdict(numbers(1.3, 1, last(-0.2, 0, 0, 2 / 3.0)), 0).cause())
        .isEqualTo(Cause.SATURATED_OUTPUT);
  }

  @Test
  void whatTheLayersLoseComesFirstAndTheOutputIsSaidBesides() {
    SnapshotDiagnosis found = diagnosed(numbers(1, 1, last(-1.6, -0.6, 0.9, 0)), -3);
    assertThat(found.verdict().cause()).isEqualTo(Cause.MANY_LAYERS);
    assertThat(found.besides()).containsExactly(Cause.SATURATED_OUTPUT);
  }

  @Test
  void targetsFarFromWhatTheNetworkPutsOutAreLarge() {
    assertThat(verdict(numbers(2500, 50, null), 0))
        .isEqualTo(new Verdict(Signal.STABLE, Cause.LARGE_TARGETS, null));
    assertThat(verdict(numbers(9, 3, null), 0).isHealthy()).isTrue();
    // What has learnt something copes with them.
    assertThat(diagnosed(output(1000, 2500, 50, 0, null), 0).verdict().isHealthy()).isTrue();
    SnapshotDiagnosis vanishing = diagnosed(numbers(2500, 50, null), -3);
    assertThat(vanishing.verdict().cause()).isEqualTo(Cause.MANY_LAYERS);
    assertThat(vanishing.besides()).containsExactly(Cause.LARGE_TARGETS);
  }

  @Test
  void targetsThatAreLearntAfterAllAreOvercome() {
    MeasuredBackward start = evidence(0, numbers(2500, 50, null), 0);
    MeasuredBackward later = evidence(300, output(1500, 2500, 50, 0, null), 0);
    assertThat(Diagnosis.of(List.of(start, later), Thresholds.DEFAULT).verdict().isHealthy())
        .isTrue();
    MeasuredBackward still = evidence(300, output(2480, 2500, 50, 0, null), 0);
    assertThat(Diagnosis.of(List.of(start, still), Thresholds.DEFAULT).verdict().cause())
        .isEqualTo(Cause.LARGE_TARGETS);
  }

  @Test
  void verdictsInsideABlockAreNobodyElsesToChange() {
    SnapshotDiagnosis found = diagnosed(numbers(1, 1, null), 0);
    List<Verdict> block = new ArrayList<>(List.of(found.verdict()));
    SnapshotDiagnosis copied =
        new SnapshotDiagnosis(
            found.evidence(),
            found.learning(),
            found.verdict(),
            found.typical(),
            found.layers(),
            List.of(block),
            found.besides());
    block.clear();
    assertThat(copied.inside()).containsExactly(List.of(found.verdict()));
  }

  private static Verdict verdict(OutputEvidence output, double decades) {
    return diagnosed(output, decades).verdict();
  }

  private static SnapshotDiagnosis diagnosed(OutputEvidence output, double decades) {
    return SnapshotDiagnosis.of(evidence(0, output, decades), Thresholds.DEFAULT);
  }

  private static MeasuredBackward evidence(long step, OutputEvidence output, double decades) {
    LayerEvidence first = layer(decades / 2);
    return new MeasuredBackward(step, 20, 32, 1, List.of(first, first), Double.NaN, output, null);
  }

  private static LayerEvidence layer(double decades) {
    return new LayerEvidence(
        "dense",
        0,
        0,
        0,
        decades,
        0,
        decades,
        false,
        Saturation.NONE,
        1,
        1,
        1,
        0,
        List.of(new TensorEvidence("w", 8, 1, 0, -2, 0, Double.NEGATIVE_INFINITY, Double.NaN)),
        List.of(),
        List.of());
  }

  private static OutputActivation last(double log10, double largest, double share, double dead) {
    return new OutputActivation(
        "logistic",
        log10,
        largest,
        new Saturation(share, dead, 1, List.of(1 - share, 0.0, 0.0, share, 0.0, 0.0)));
  }

  /** Numbers whose variance is 1, or their square where they are not of size 1. */
  private static OutputEvidence numbers(
      double loss, double targets, @Nullable OutputActivation last) {
    return output(loss, Math.max(CONSTANT, targets == 1 ? 1 : targets * targets), targets, 0, last);
  }

  private static OutputEvidence output(
      double loss, double constant, double targets, double least, @Nullable OutputActivation last) {
    NumbersEvidence numbers =
        new NumbersEvidence(
            targets, targets, 0.5, 0, 0, 0, least, R_SQUARED, 1 - loss / constant, 0);
    return new OutputEvidence(
        loss, Double.NaN, 1, 1, constant, Double.NaN, Double.NaN, numbers, last);
  }
}
