package org.unvanish.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.Prescription;

/** The rules of the way back through time, by evidence that is made up. */
class TimeRulesTest {

  private static final OutputEvidence UNTRAINED = output(2.3, 0.1);

  /** A way on which each step does the same. */
  private static TimeEvidence way(String layer, int steps, double activation, double recurrent) {
    List<Point> points = new ArrayList<>();
    for (int back = 0; back <= steps; back++) {
      double carried = back * (activation + recurrent);
      points.add(
          new Point(
              back,
              carried - 1,
              carried,
              carried,
              back * activation,
              back * recurrent,
              Double.NaN));
    }
    return new TimeEvidence(layer, false, false, steps, points);
  }

  /** A way that ends after some steps in single precision. */
  private static TimeEvidence ended(int end, int steps, double step) {
    List<Point> points = new ArrayList<>(way("recurrent1", end - 1, step, 0).points());
    double none = Double.NEGATIVE_INFINITY;
    points.add(new Point(end, none, none, none, none, 0, Double.NaN));
    return new TimeEvidence("recurrent1", false, false, steps, points);
  }

  private static LayerEvidence layer(String name, double linear, double saturated) {
    Saturation saturation =
        new Saturation(saturated, 0, 1, List.of(1 - saturated, 0.0, 0.0, saturated, 0.0, 0.0));
    TensorEvidence tensor = new TensorEvidence(name + "/weights", 9, 1, 0, 0, 0, -99, Double.NaN);
    return new LayerEvidence(
        name,
        0,
        0,
        0,
        linear,
        0,
        Double.NaN,
        false,
        saturation,
        1,
        1,
        1,
        0,
        List.of(tensor),
        List.of(),
        List.of());
  }

  private static OutputEvidence output(double loss, double accuracy) {
    return new OutputEvidence(loss, accuracy, 0.3, 1, 2.3, 0.1, 0.1);
  }

  private static MeasuredBackward evidence(
      long step, OutputEvidence output, List<LayerEvidence> layers, TimeEvidence... time) {
    return new MeasuredBackward(step, 20, 32, 1, layers, 0, List.of(time), output, 1e-8);
  }

  private static SnapshotDiagnosis at(
      long step, OutputEvidence output, @Nullable MeasuredBackward initial, TimeEvidence... time) {
    return SnapshotDiagnosis.of(
        evidence(step, output, List.of(layer("recurrent1", 0, 0), layer("dense1", 0.1, 0)), time),
        initial,
        Thresholds.DEFAULT);
  }

  private static SnapshotDiagnosis start(TimeEvidence... time) {
    return at(0, UNTRAINED, null, time);
  }

  @Test
  void aLittleInEachStepIsManyStepsThroughWhatTakesIt() {
    SnapshotDiagnosis found = start(way("recurrent1", 27, -0.1, 0.02));
    assertThat(found.verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_STEPS, Mechanism.ACTIVATION));
    assertThat(found.layers().get(0)).isEqualTo(found.verdict());
    assertThat(found.layers().get(1).isHealthy()).isTrue();
    assertThat(found.typical()).isNull();
    assertThat(start(way("recurrent1", 27, 0, -0.1)).verdict().mechanism())
        .isEqualTo(Mechanism.LINEAR);
    assertThat(start(way("recurrent1", 27, -0.05, -0.05)).verdict().mechanism())
        .isEqualTo(Mechanism.BOTH);
    // The same steps, but few of them.
    assertThat(start(way("recurrent1", 20, -0.1, 0.02)).verdict().isHealthy()).isTrue();
  }

  @Test
  void stepsThatAmplifyALittleAreManyAndThoseThatAmplifyMuchHaveLargeWeights() {
    assertThat(start(way("recurrent1", 50, -0.05, 0.15)).verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.MANY_STEPS, Mechanism.LINEAR));
    assertThat(start(way("recurrent1", 50, -0.05, 0.65)).verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.LARGE_PARAMETERS, Mechanism.LINEAR));
  }

  @Test
  void oneWayThatKeepsTheGradientIsEnoughAndOneThatExplodesTooMuch() {
    TimeEvidence lost = way("recurrent1", 50, -0.2, 0);
    TimeEvidence kept = way("recurrent2", 50, -0.02, 0);
    TimeEvidence grown = way("recurrent2", 50, 0, 0.2);
    assertThat(start(lost, kept).verdict().isHealthy()).isTrue();
    assertThat(start(lost, kept).layers()).allMatch(Verdict::isHealthy);
    assertThat(start(lost, grown).verdict().signal()).isEqualTo(Signal.EXPLODING);
    TimeEvidence reverse = new TimeEvidence("recurrent1", true, false, 50, kept.points());
    assertThat(start(lost, reverse).verdict().isHealthy()).isTrue();
  }

  @Test
  void aDirectionOnWhichLittleSetsOutDoesNotCount() {
    List<Point> points = new ArrayList<>();
    for (Point p : way("recurrent1", 50, -0.02, 0).points()) {
      points.add(
          new Point(
              p.back(),
              p.sizeLog10() - 5,
              p.carriedLog10(),
              p.typicalLog10(),
              p.activationLog10(),
              p.recurrentLog10(),
              p.cellLog10()));
    }
    TimeEvidence reverse = new TimeEvidence("recurrent1", true, false, 50, points);
    SnapshotDiagnosis found = start(way("recurrent1", 50, -0.2, 0), reverse);
    assertThat(found.verdict().cause()).isEqualTo(Cause.MANY_STEPS);
    assertThat(found.layers().get(0).cause()).isEqualTo(Cause.MANY_STEPS);
  }

  @Test
  void saturatedUnitsOfARecurrentLayerAreLargeParameters() {
    List<LayerEvidence> layers = List.of(layer("recurrent1", 0, 0.9), layer("dense1", 0, 0));
    SnapshotDiagnosis found =
        SnapshotDiagnosis.of(
            evidence(0, UNTRAINED, layers, way("recurrent1", 27, -0.4, 0.1)), Thresholds.DEFAULT);
    assertThat(found.verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.LARGE_PARAMETERS, Mechanism.ACTIVATION));
    assertThat(Prescription.of(found, found, Change.NONE, null).why())
        .contains("1 of 2 layers is saturated, because its parameters are large.")
        .contains(
            "large. The backpropagated gradient shrinks 10⁸-fold on its way back through 27 steps of"
                + " recurrent1.");
  }

  @Test
  void anotherLayersStepsBesideASaturatedOneAreBoth() {
    List<LayerEvidence> layers = List.of(layer("recurrent1", 0, 0), layer("recurrent2", 0, 0.9));
    assertThat(
            SnapshotDiagnosis.of(
                    evidence(
                        0,
                        UNTRAINED,
                        layers,
                        way("recurrent1", 27, -0.2, 0),
                        way("recurrent2", 27, -0.4, 0)),
                    Thresholds.DEFAULT)
                .verdict()
                .cause())
        .isEqualTo(Cause.BOTH);
  }

  @Test
  void whatIsLostFromLayerToLayerIsManyLayersWhereThatIsMore() {
    List<LayerEvidence> layers = List.of(layer("recurrent1", -5, 0), layer("dense1", 0, 0));
    assertThat(
            SnapshotDiagnosis.of(
                    evidence(0, UNTRAINED, layers, way("recurrent1", 27, -0.1, 0)),
                    Thresholds.DEFAULT)
                .verdict()
                .cause())
        .isEqualTo(Cause.MANY_LAYERS);
  }

  @Test
  void whatHasFittedItsDataOrKeepsALearningNetworksGradientIsHealthy() {
    TimeEvidence lost = way("recurrent1", 27, -0.1, 0);
    assertThat(at(300, output(0.3, 0.95), null, lost).verdict().isHealthy()).isTrue();
    MeasuredBackward stable = start(way("recurrent1", 27, -0.05, 0)).evidence();
    assertThat(at(300, output(1.6, 0.4), stable, lost).verdict().isHealthy()).isTrue();
    // Clearly worse than at the start.
    TimeEvidence worse = way("recurrent1", 27, -0.2, 0);
    assertThat(at(300, output(1.6, 0.4), stable, worse).verdict().cause())
        .isEqualTo(Cause.MANY_STEPS);
    // Lost from the start.
    assertThat(at(300, output(1.6, 0.4), start(lost).evidence(), lost).verdict().cause())
        .isEqualTo(Cause.MANY_STEPS);
  }

  @Test
  void whereSinglePrecisionEndsTheStepsBeforeTellOfTheOthers() {
    TimeEvidence time = ended(20, 400, -2);
    assertThat(time.carriedLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(time.farthest().back()).isEqualTo(19);
    assertThat(time.stepLog10()).isCloseTo(-2, within(1e-12));
    assertThat(time.wholeLog10()).isCloseTo(-800, within(1e-9));
    assertThat(start(time).verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_STEPS, Mechanism.ACTIVATION));
    TimeEvidence atOnce = ended(1, 5, 0);
    assertThat(atOnce.wholeLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(start(atOnce).verdict().mechanism()).isEqualTo(Mechanism.ACTIVATION);
  }

  @Test
  void aWayBeginsAtTheLastState() {
    List<Point> points = way("recurrent1", 3, 0, 0).points().subList(1, 3);
    assertThatThrownBy(() -> new TimeEvidence("recurrent1", false, false, 3, points))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the way back through time begins 0 steps back");
  }

  @Test
  void whereFewSamplesCarryTheGradientTheTypicalOneIsTold() {
    List<Point> points = new ArrayList<>();
    for (Point p : way("recurrent1", 50, -0.1, 0.15).points()) {
      points.add(
          new Point(
              p.back(),
              p.sizeLog10(),
              p.carriedLog10(),
              -p.carriedLog10(),
              p.activationLog10(),
              p.recurrentLog10(),
              Double.NaN));
    }
    SnapshotDiagnosis found = start(new TimeEvidence("recurrent1", false, false, 50, points));
    assertThat(Prescription.of(found, found, Change.NONE, null).why())
        .contains(
            "Each step makes it 1.12 times as large. Few samples carry most of it: that of the"
                + " typical one shrinks 320-fold. Over all steps f′ shrinks it 10⁵-fold");
  }

  @Test
  void theWordsSayWhatAStepLeavesAndAfterHowManyLittleIsLeft() {
    SnapshotDiagnosis found = start(way("recurrent1", 27, -0.15, 0.003));
    assertThat(Prescription.of(found, found, Change.NONE, null).why())
        .startsWith(
            "At the initial weights the backpropagated gradient shrinks 10⁴-fold on its way back"
                + " through 27 steps of recurrent1. Each step leaves 71.3 % of it on average; after 14"
                + " steps a hundredth is left. Over all steps f′ shrinks it 10⁴-fold, and the"
                + " recurrent weights keep its size.");
    SnapshotDiagnosis grown = start(way("recurrent1", 27, -0.05, 0.15));
    assertThat(Prescription.of(grown, grown, Change.NONE, null).why())
        .contains("Each step makes it 1.26 times as large.");
    SnapshotDiagnosis well = start(way("recurrent1", 27, -0.01, 0));
    assertThat(Prescription.of(well, well, Change.NONE, null).why())
        .endsWith(" On its way back through 27 steps it shrinks 1.9-fold.");
  }
}
