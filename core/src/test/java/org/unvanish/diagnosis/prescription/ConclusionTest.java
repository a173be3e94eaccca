package org.unvanish.diagnosis.prescription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/** What follows from a diagnosis, the data, a forecast and a trial. */
class ConclusionTest {

  private static final DataEvidence DATA = new DataEvidence(100, 4, 1, 2, 2, Double.NaN);
  private static final Prescription NOTHING =
      new Prescription(Change.NONE, "Nothing to fix.", null);
  private static final double CONSTANT = 0.7;
  private static final Prescription GLOROT =
      new Prescription(
          new Change(null, null, PrescribedInitialization.GLOROT, List.of()),
          "Large parameters.",
          new Prediction(large(), healthy(0.7, 0), 1));

  @Test
  void aHealthyNetworkThatLearnsStaysSo() {
    Conclusion found = conclude(DATA, healthy(0.7, 0), healthy(0.1, 0.5));
    assertThat(found.verdict().toString()).isEqualTo("stable, none");
    assertThat(found.prescription()).isEqualTo(NOTHING);
    assertThat(found.remarks()).isEmpty();
  }

  @Test
  void oneClassAloneIsToldFirst() {
    Conclusion found =
        conclude(new DataEvidence(100, 4, 4, 1, 1, Double.NaN), healthy(0, 0), healthy(0, 0));
    assertThat(found.verdict().toString()).isEqualTo("stable, constant-targets");
    assertThat(found.remarks())
        .extracting(Conclusion.Remark::cause)
        .containsExactly(Cause.CONSTANT_TARGETS, Cause.CONSTANT_INPUTS);
    assertThat(found.prescription().isEmpty()).isTrue();
    assertThat(found.prescription().why())
        .startsWith(
            "The gradient is fine; look elsewhere. All 100 training samples have the same target,")
        .contains(" All 100 training samples have the same inputs,");
  }

  @Test
  void oneClassInTheTestDataAloneIsTold() {
    DataEvidence data = new DataEvidence(100, 4, 0, 2, 1, Double.NaN);
    Conclusion found = conclude(data, healthy(0.7, 0), healthy(0.1, 0.5));
    assertThat(found.verdict().toString()).isEqualTo("stable, none");
    assertThat(found.remarks())
        .containsExactly(
            new Conclusion.Remark(
                Cause.CONSTANT_TARGETS,
                "All test samples have the same target, so their accuracy says little. Check how the data was split.",
                true));
    assertThat(found.prescription().why())
        .isEqualTo(NOTHING.why() + " " + found.remarks().get(0).text());
    // It is not why the gradient is lost, and takes no remedy away.
    Conclusion ill = conclude(data, GLOROT, null, large());
    assertThat(ill.verdict()).isEqualTo(conclude(DATA, GLOROT, null, large()).verdict());
    assertThat(ill.prescription().change()).isEqualTo(GLOROT.change());
    assertThat(ill.remarks()).isEqualTo(found.remarks());
  }

  @Test
  void aLossOfExactlyZeroBeforeTrainingIsTold() {
    Conclusion found = conclude(DATA, healthy(0, 0), healthy(0, 0));
    assertThat(found.verdict().toString()).isEqualTo("stable, zero-loss");
    assertThat(found.prescription().why()).contains("The loss is exactly 0 before any training");
    // A network that has learned all may well come to it.
    assertThat(conclude(DATA, healthy(0.7, 0), healthy(0, 1)).verdict().isHealthy()).isTrue();
  }

  @Test
  void equalUnitsAreTheCauseWhateverBecomesOfTheSignal() {
    MeasuredBackward equal = snapshot(0, 0.7, -30, 0, 1, 0.5);
    Conclusion found = conclude(DATA, GLOROT, null, equal);
    assertThat(found.verdict().toString()).isEqualTo("vanishing, equal-units, linear");
    assertThat(found.remarks().get(0).text())
        .isEqualTo(
            "All units of dense1 have the same weights and the same gradient, so they stay copies of"
                + " one unit. Draw the weights at random.");
  }

  @Test
  void parametersThatHardlyMoveAreToldEvenWithoutATrial() {
    Conclusion found = conclude(DATA, healthy(0.71, 0), healthy(0.7099, 0.0005));
    assertThat(found.verdict().toString()).isEqualTo("stable, small-learning-rate");
    assertThat(found.prescription().other()).containsExactly(OtherRemedy.HIGHER_LEARNING_RATE);
    assertThat(found.prescription().why())
        .contains(
            "After 300 steps no parameters have moved by more than 0.05 % of their size.",
            "it was not tried");
    // Moved by a tenth, it is not the rate.
    assertThat(conclude(DATA, healthy(0.71, 0), healthy(0.7099, 0.1)).verdict().isHealthy())
        .isTrue();
  }

  @Test
  void oneClassPredictedForAllIsTold() {
    MeasuredBackward stuck = snapshot(300, 0.7, 0, 0.5, 0, 1);
    Conclusion found = conclude(DATA, NOTHING, null, healthy(0.71, 0), stuck);
    assertThat(found.verdict().toString()).isEqualTo("stable, constant-prediction");
    assertThat(found.prescription().why())
        .contains(
            "After 300 steps the network predicts one class for 100 % of the training samples; the most"
                + " frequent class has 60 % of them.");
  }

  @Test
  void aTrialNamesTheCauseByWhatHelped() {
    assertThat(tried(OtherRemedy.HIGHER_LEARNING_RATE)).isEqualTo(Cause.SMALL_LEARNING_RATE);
    assertThat(tried(OtherRemedy.MUCH_HIGHER_LEARNING_RATE)).isEqualTo(Cause.SMALL_LEARNING_RATE);
    assertThat(tried(OtherRemedy.LOWER_LEARNING_RATE)).isEqualTo(Cause.LARGE_LEARNING_RATE);
    assertThat(tried(OtherRemedy.MUCH_LOWER_LEARNING_RATE)).isEqualTo(Cause.LARGE_LEARNING_RATE);
    assertThat(tried(OtherRemedy.WEAKER_PENALTY)).isEqualTo(Cause.STRONG_PENALTY);
    assertThat(tried(OtherRemedy.WIDER_LAYERS)).isEqualTo(Cause.CAPACITY);
    assertThat(tried(OtherRemedy.SCALE_INPUTS)).isEqualTo(Cause.LARGE_INPUTS);
  }

  private static Cause tried(OtherRemedy remedy) {
    Trial trial = trial(0.7, Change.of(remedy), 0.1);
    return conclude(DATA, NOTHING, trial, healthy(0.71, 0), healthy(0.7, 0.1)).verdict().cause();
  }

  @Test
  void whatIsForecastAndHelpedKeepsItsReasons() {
    Conclusion found = conclude(DATA, GLOROT, trial(3, GLOROT.change(), 0.1), large());
    assertThat(found.prescription().initial()).isEqualTo(PrescribedInitialization.GLOROT);
    assertThat(found.prescription().why())
        .isEqualTo(
            "Large parameters. Tried for 500 steps: with “initialization: glorot” the training loss is"
                + " 0.1 (accuracy 90.0 %), untouched 3 (50.0 %), where a constant predictor has 0.7."
                + " With another seed it is 0.1, untouched 3.");
  }

  @Test
  void whatOnlyTrainingCouldShowIsNotSaidOnceItHasShownIt() {
    Prescription slower =
        new Prescription(
            new Change(null, null, null, List.of(OtherRemedy.LOWER_LEARNING_RATE)),
            "Only training can show it.",
            null);
    Conclusion found = conclude(DATA, slower, trial(3, slower.change(), 0.1), large());
    assertThat(found.prescription().change()).isEqualTo(slower.change());
    assertThat(found.prescription().why())
        .contains("Tried for 500 steps: with “learning rate ÷ 10”")
        .doesNotContain("Only training");
  }

  @Test
  void anIllnessThatALowerRateHasBeenSeenToMendIsLaidToTheRate() {
    Trial trial = trial(3, Change.of(OtherRemedy.LOWER_LEARNING_RATE), 0.1);
    MeasuredBackward later = snapshot(300, 0.7, 4, 0.1, 0, 0.5);
    Conclusion found = conclude(DATA, NOTHING, trial, healthy(0.71, 0), later);
    assertThat(found.verdict().toString()).isEqualTo("exploding, large-learning-rate, linear");
    assertThat(found.prescription().why()).contains("The learning rate is too large: after 500");
    // What was ill from the start is not the rate's doing.
    assertThat(conclude(DATA, NOTHING, trial, large()).verdict().cause())
        .isNotEqualTo(Cause.LARGE_LEARNING_RATE);
  }

  @Test
  void aForecastThatWasNotTriedSaysSo() {
    assertThat(conclude(DATA, GLOROT, null, large()).prescription().why())
        .isEqualTo("Large parameters. This is a forecast by probes; it was not tried.");
  }

  @Test
  void aForecastThatDidNotHelpIsNotPrescribed() {
    Prediction prediction = new Prediction(large(), healthy(0.7, 0), 1);
    Prescription penalty =
        new Prescription(new Change(0.02, null, null, List.of()), "A penalty.", prediction);
    Conclusion found = conclude(DATA, penalty, trial(3, penalty.change(), 2.9), large());
    assertThat(found.prescription().isEmpty()).isTrue();
    assertThat(found.prescription().why())
        .contains(
            "Nothing tried for 500 steps helped: untouched, the training loss is then 3",
            "Probes forecast that the gradient gets through with ℓ₂ penalty with r = 0.02, but the trial"
                + " did not show that it helps. A penalty may need more steps than were tried:"
                + " --apply trains it.");
  }

  @Test
  void aNetworkThatLearnsIsToldSoWhateverItsSignal() {
    Conclusion found = conclude(DATA, GLOROT, trial(0.01, GLOROT.change(), 0.0095), large());
    assertThat(found.prescription().isEmpty()).isTrue();
    assertThat(found.prescription().why())
        .contains(
            "The network learns without any change: after 500 steps the training loss is 0.01");
  }

  @Test
  void helpIsAClearlyLowerLossThanBothAndCostsNoAccuracy() {
    TrialScore untouched = new TrialScore(0.5, 0.8);
    assertThat(Trial.helps(untouched, new TrialScore(0.47, 0.8), CONSTANT)).isTrue();
    assertThat(Trial.helps(untouched, new TrialScore(0.49, 0.8), CONSTANT)).isFalse();
    assertThat(Trial.helps(untouched, new TrialScore(0.4, 0.7), CONSTANT)).isFalse();
    // Worse than a constant prediction is no help, however bad the network was.
    TrialScore bad = new TrialScore(30, 0.5);
    assertThat(Trial.helps(bad, new TrialScore(0.7, 0.9), CONSTANT)).isFalse();
    assertThat(Trial.helps(bad, new TrialScore(0.6, 0.4), CONSTANT)).isTrue();
    assertThat(Trial.helps(TrialScore.DIVERGED, new TrialScore(0.6, 0.4), CONSTANT)).isTrue();
    assertThat(Trial.helps(untouched, TrialScore.DIVERGED, CONSTANT)).isFalse();
  }

  /** Of soft targets: of 0.7, perfect outputs leave 0.6, and so the untouched training nothing. */
  @Test
  void whatPerfectOutputsLeaveIsNotToBeLearnt() {
    TrialScore stuck = new TrialScore(0.699, Double.NaN);
    TrialScore perfect = new TrialScore(0.605, Double.NaN);
    Change change = Change.of(OtherRemedy.HIGHER_LEARNING_RATE);
    TriedChange tried = new TriedChange(change, perfect, perfect);
    Trial trial =
        new Trial(
            500,
            100,
            1,
            2,
            CONSTANT,
            0.6,
            false,
            List.of(new TriedChange(Change.NONE, stuck, stuck), tried),
            change);
    assertThat(trial.helps(tried)).isTrue();
    assertThat(trial.hasMoved()).isFalse();
    Trial learned =
        new Trial(
            500,
            100,
            1,
            2,
            CONSTANT,
            0.6,
            true,
            List.of(new TriedChange(Change.NONE, perfect, perfect)),
            null);
    assertThat(learned.hasLearned()).isTrue();
    assertThat(learned.sentences())
        .isEqualTo(
            "The network learns without any change: after 500 steps the training loss is 0.605, where a constant predictor has 0.7.");
  }

  @Test
  void aTrialBeginsWithTheUntouchedTraining() {
    TriedChange wider =
        new TriedChange(Change.of(OtherRemedy.WIDER_LAYERS), TrialScore.DIVERGED, null);
    assertThatThrownBy(() -> new Trial(1, 1, 1, 2, CONSTANT, 0, false, List.of(wider), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the first that is tried must be the untouched training");
  }

  @Test
  void changesAreReadable() {
    assertThat(Change.NONE).hasToString("untouched");
    assertThat(
            new Change(
                0.02, 2.0, PrescribedInitialization.HE, List.of(OtherRemedy.LOWER_LEARNING_RATE)))
        .hasToString("ℓ₂ penalty with r = 0.02, α × 2, initialization: he, learning rate ÷ 10");
  }

  /** A change and the untouched training, each with the same loss for both seeds. */
  private static Trial trial(double untouched, Change change, double changed) {
    TrialScore before = new TrialScore(untouched, 0.5);
    TrialScore after = new TrialScore(changed, 0.9);
    return new Trial(
        500,
        100,
        1,
        2,
        CONSTANT,
        0,
        false,
        List.of(
            new TriedChange(Change.NONE, before, before), new TriedChange(change, after, after)),
        changed < 0.9 * untouched ? change : null);
  }

  private static Conclusion conclude(DataEvidence data, MeasuredBackward... snapshots) {
    return conclude(data, NOTHING, null, snapshots);
  }

  private static Conclusion conclude(
      DataEvidence data,
      Prescription forecast,
      @Nullable Trial trial,
      MeasuredBackward... snapshots) {
    return Conclusion.of(
        Diagnosis.of(List.of(snapshots), Thresholds.DEFAULT), forecast, data, trial);
  }

  private static MeasuredBackward large() {
    return snapshot(0, 3, 4, 0, 0, 0.5);
  }

  /** At the initial weights where no parameters have changed, else after 300 steps. */
  private static MeasuredBackward healthy(double loss, double change) {
    return snapshot(change == 0 ? 0 : 300, loss, 0, change, 0, 0.5);
  }

  private static MeasuredBackward snapshot(
      long step, double loss, double decades, double change, double equal, double predicted) {
    return new MeasuredBackward(
        step,
        20,
        32,
        1,
        List.of(layer("dense1", decades, change, equal), layer("dense2", 0, change, 0)),
        decades,
        new OutputEvidence(loss, 0.5, 0.5, 1, CONSTANT, 0.6, predicted),
        null);
  }

  private static LayerEvidence layer(String name, double decades, double change, double equal) {
    return new LayerEvidence(
        name,
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
        equal,
        List.of(
            new TensorEvidence(
                name + "/weights", 8, 1, 0, -2, change, Double.NEGATIVE_INFINITY, Double.NaN)),
        List.of(),
        List.of());
  }
}
