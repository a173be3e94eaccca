package org.unvanish.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TensorEvidence;

/** Each rule by evidence that is made up. */
class DiagnosisRulesTest {

  @Test
  void smallWeightsInAllLayersAreManyLayersThroughLinear() {
    assertThat(verdict(1, plain(0, -0.7), plain(0, -0.7), plain(0, -0.7), plain(0, 0)))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.LINEAR));
  }

  @Test
  void aLittleOfFInAllLayersIsManyLayersThroughActivation() {
    assertThat(verdict(1, plain(-0.6, 0), plain(-0.6, 0), plain(-0.6, 0), plain(-0.6, 0)))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.ACTIVATION));
  }

  @Test
  void bothFactorsAlikeAreNamedBoth() {
    assertThat(verdict(1, plain(-0.6, -0.5), plain(-0.6, -0.5)).mechanism())
        .isEqualTo(Mechanism.BOTH);
  }

  @Test
  void saturatedLayersAreLargeParameters() {
    assertThat(verdict(1, saturated(-3, 1), saturated(-2, 1)))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.LARGE_PARAMETERS, Mechanism.ACTIVATION));
  }

  @Test
  void saturatedLayersAreLargeParametersWhateverBecomesOfTheSignal() {
    assertThat(verdict(1, saturated(-1, 1), saturated(-1, 1)))
        .isEqualTo(new Verdict(Signal.STABLE, Cause.LARGE_PARAMETERS, null));
    assertThat(verdict(1, saturated(-1, 2.5), saturated(-1, 2.5)))
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.LARGE_PARAMETERS, Mechanism.LINEAR));
  }

  @Test
  void saturatedLayersAndALossInTheOthersAreBoth() {
    assertThat(verdict(1, saturated(-3, 1), plain(0, -1), plain(0, -1.1)).cause())
        .isEqualTo(Cause.BOTH);
    // What the others lose would not be enough.
    assertThat(verdict(1, saturated(-3, 1), plain(0, -1), plain(0, -0.9)).cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @Test
  void layersThatAmplifyMuchAreLargeParametersAndThoseThatAmplifyALittleManyLayers() {
    assertThat(verdict(1, plain(-0.1, 1.2), plain(-0.1, 1.2)).cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
    LayerEvidence[] layers = new LayerEvidence[20];
    Arrays.fill(layers, plain(-0.1, 0.3));
    assertThat(verdict(1, layers))
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.MANY_LAYERS, Mechanism.LINEAR));
  }

  @Test
  void aLayerThatAmplifiesMoreThanTheOthersDoesNotHideThatAllDo() {
    LayerEvidence[] layers = new LayerEvidence[21];
    Arrays.fill(layers, plain(0, 0.4));
    layers[20] = plain(0, 0.6);
    assertThat(verdict(1, layers))
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.BOTH, Mechanism.LINEAR));
    // What the others gain would not be enough.
    assertThat(verdict(1, plain(0, 0.4), plain(0, 0.4), plain(0, 1.5)).cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @Test
  void weightsThatMakeGoodForASmallDerivativeAreNotLarge() {
    assertThat(verdict(1, plain(-0.6, 0.6), plain(-0.6, 0.6)))
        .isEqualTo(new Verdict(Signal.STABLE, Cause.NONE, null));
  }

  @Test
  void saturationByTheDataIsLargeInputs() {
    assertThat(verdict(140, layer(-3, 0, 0.9, 0, 100, 140), plain(0, 0)))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.LARGE_INPUTS, Mechanism.ACTIVATION));
    // Inputs of size 1 would saturate it too.
    assertThat(verdict(140, layer(-3, 0, 0.9, 0, 700, 140), plain(0, 0)).cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @Test
  void aDeadLayerIsDeadUnitsAndHalfOfItIsNot() {
    double nothing = Double.NEGATIVE_INFINITY;
    assertThat(verdict(1, plain(0, 0), layer(nothing, 0, 0, 1, 0, 1)))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.DEAD_UNITS, Mechanism.ACTIVATION));
    assertThat(verdict(1, plain(0, 0), layer(-0.2, 0.2, 0, 0.6, 0, 1)).cause())
        .isEqualTo(Cause.NONE);
  }

  @Test
  void aNetworkThatOverflowsExplodesWhateverComesBack() {
    List<LayerEvidence> layers = List.of(plain(0, 1), plain(Double.NEGATIVE_INFINITY, 1));
    assertThat(diagnose(snapshot(1, layers, Double.NaN)).verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.LARGE_PARAMETERS, Mechanism.LINEAR));
  }

  @Test
  void geometryIsNoLoss() {
    LayerEvidence pooled =
        new LayerEvidence(
            "conv",
            0,
            0,
            0,
            -0.9,
            -0.9,
            0,
            false,
            Saturation.NONE,
            1,
            1,
            1,
            0,
            List.of(tensor(0)),
            List.of(),
            List.of());
    assertThat(verdict(1, pooled, pooled, pooled).isHealthy()).isTrue();
    assertThat(pooled.gainLog10()).isEqualTo(-0.9);
  }

  /** The loss and the weights of this network have not been touched by training yet. */
  private static final OutputEvidence UNTRAINED = output(2.3, 0.1);

  @Test
  void aNetworkThatHasFittedItsDataIsHealthyWhateverItsSignal() {
    List<LayerEvidence> layers = List.of(saturated(-3, 0), saturated(-2, 0.6));
    assertThat(at(300, output(2.2, 0.15), layers).cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(at(300, output(0.3, 0.95), layers).isHealthy()).isTrue();
    assertThat(at(300, output(1.8, 0.8), layers).isHealthy()).isTrue();
    SnapshotDiagnosis fitted = diagnosed(300, output(0.3, 0.95), layers, null);
    assertThat(fitted.layers()).allMatch(Verdict::isHealthy);
    assertThat(fitted.learning()).isEqualTo(Learning.FITTED);
  }

  @Test
  void aLayerThatAmplifiesIsNotToBlameWhereTheSignalIsSteady() {
    assertThat(verdict(1, plain(0, -0.7), plain(0, 0.8)).isHealthy()).isTrue();
    assertThat(verdict(1, plain(0, 1.5), plain(0, 0.8)).cause()).isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @Test
  void weightsThatGrewWhileTheNetworkLearntAreNotLarge() {
    MeasuredBackward start = evidence(0, UNTRAINED, List.of(plain(0, -0.4), plain(0, -0.3)));
    List<LayerEvidence> grown = List.of(saturated(-0.5, 0.5), plain(0, 0));
    assertThat(diagnosed(300, output(1.6, 0.4), grown, start).verdict().isHealthy()).isTrue();
    // A unit that has learnt three of the four cases of XOR is saturated; a penalty took that away.
    List<LayerEvidence> used = List.of(saturated(-2.6, 0.4), plain(0, 0));
    assertThat(diagnosed(300, output(1.6, 0.4), used, start).verdict().isHealthy()).isTrue();
    List<LayerEvidence> lost = List.of(saturated(-5, 0.4), plain(0, 0));
    assertThat(diagnosed(300, output(1.6, 0.4), lost, start).verdict().signal())
        .isEqualTo(Signal.VANISHING);
    // Without learning, or large from the start, they are.
    assertThat(diagnosed(300, output(2.31, 0.1), grown, start).verdict().cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(
            diagnosed(300, output(1.6, 0.4), grown, evidence(0, UNTRAINED, grown))
                .verdict()
                .cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @Test
  void aNetworkThatLargeStepsCarriedAwayHasALargeLearningRate() {
    MeasuredBackward start = evidence(0, UNTRAINED, List.of(saturated(-0.5, 0.5), plain(0, 0)));
    LayerEvidence lost = moved(Double.NEGATIVE_INFINITY, 0.6, tensor(-9, 9, 9));
    List<LayerEvidence> layers = List.of(lost, lost);
    assertThat(diagnosed(50, output(9, 0.1), layers, start).verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.LARGE_LEARNING_RATE, Mechanism.ACTIVATION));
    // Hardly moved: the weights were large before.
    LayerEvidence stayed = moved(Double.NEGATIVE_INFINITY, 0.6, tensor(-9, 1.05, 0.1));
    assertThat(diagnosed(50, output(9, 0.1), List.of(stayed, stayed), start).verdict().cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
    // Nobody knows what training did.
    assertThat(diagnosed(50, output(9, 0.1), layers, null).verdict().cause())
        .isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @Test
  void aPenaltyThatShrinksWhatTheDataCannotHoldIsStrong() {
    MeasuredBackward start = evidence(0, UNTRAINED, List.of(plain(0, 0), plain(0, 0)));
    LayerEvidence held =
        layer(
            0,
            -1.2,
            0.05,
            0,
            0.3,
            1,
            new TensorEvidence("w", 10, 0.1, 0, -3, 0.9, -2.9, Double.NaN));
    List<LayerEvidence> layers = List.of(held, held);
    assertThat(diagnosed(300, output(2.29, 0.1), layers, start).verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.STRONG_PENALTY, Mechanism.LINEAR));
    LayerEvidence weak =
        layer(
            0,
            -1.2,
            0.05,
            0,
            0.3,
            1,
            new TensorEvidence("w", 10, 0.1, 0, -3, 0.9, -4.5, Double.NaN));
    assertThat(diagnosed(300, output(2.29, 0.1), List.of(weak, weak), start).verdict().cause())
        .isEqualTo(Cause.MANY_LAYERS);
    assertThat(diagnosed(300, output(0.2, 0.97), layers, start).verdict().isHealthy()).isTrue();
  }

  @Test
  void unscaledDataFloodAFirstLayerThatCannotBeSaturated() {
    LayerEvidence relu = layer(-0.15, 0.15, 0, 0, 0, 140);
    assertThat(verdict(140, relu, relu))
        .isEqualTo(new Verdict(Signal.STABLE, Cause.LARGE_INPUTS, null));
    assertThat(verdict(1, layer(-0.15, 0.15, 0, 0, 0, 1), relu).isHealthy()).isTrue();
  }

  @Test
  void theWorstSnapshotDecidesAndNotAnEarlierHarmlessOne() {
    MeasuredBackward harmless = snapshot(1, List.of(saturated(-0.5, 0.5), plain(0, 0)), 1);
    MeasuredBackward lost = snapshot(1, List.of(saturated(Double.NEGATIVE_INFINITY, 0)), 1);
    MeasuredBackward ill = snapshot(1, List.of(plain(0, -3)), 1);
    MeasuredBackward worse = snapshot(1, List.of(saturated(-6, 0)), 1);
    MeasuredBackward overflow = snapshot(1, List.of(plain(0, 0)), Double.NaN);
    assertDecides(lost, harmless, lost);
    assertDecides(lost, lost, harmless);
    assertDecides(lost, ill, lost);
    assertDecides(worse, ill, worse);
    assertDecides(overflow, lost, overflow);
    assertThat(Diagnosis.of(List.of(harmless, lost), Thresholds.DEFAULT).unresolved()).hasSize(2);
  }

  @Test
  void ofSnapshotsThatAreAsBadTheFirstDecides() {
    MeasuredBackward well = snapshot(1, List.of(plain(0, 0)), 1);
    MeasuredBackward ill = snapshot(1, List.of(plain(0, -3)), 1);
    MeasuredBackward likeIt = snapshot(1, List.of(plain(0, -9)), 1);
    MeasuredBackward littleWorse = snapshot(1, List.of(saturated(-4, 0)), 1);
    assertDecides(ill, well, ill, well);
    assertDecides(ill, ill, likeIt);
    assertDecides(ill, ill, littleWorse);
    assertThat(Diagnosis.of(List.of(well, well), Thresholds.DEFAULT).verdict().isHealthy())
        .isTrue();
  }

  @Test
  void whatTheNetworkHasFittedAfterIsOvercome() {
    MeasuredBackward ill = evidence(0, UNTRAINED, List.of(plain(0, -3)));
    MeasuredBackward fitted = evidence(300, output(0.2, 0.97), List.of(plain(0, -3)));
    MeasuredBackward wrecked = evidence(600, output(2.4, 0.1), List.of(saturated(-9, 0)));
    Diagnosis learnt = Diagnosis.of(List.of(ill, fitted), Thresholds.DEFAULT);
    assertThat(learnt.decisive().evidence()).isSameAs(fitted);
    assertThat(learnt.verdict().isHealthy()).isTrue();
    assertThat(learnt.unresolved()).isEmpty();
    MeasuredBackward well = evidence(0, UNTRAINED, List.of(plain(0, 0)));
    MeasuredBackward passing = evidence(100, output(2.31, 0.1), List.of(saturated(-0.5, 0.4)));
    MeasuredBackward some = evidence(300, output(1.7, 0.4), List.of(plain(0, 0)));
    assertThat(Diagnosis.of(List.of(well, passing), Thresholds.DEFAULT).unresolved()).hasSize(1);
    assertThat(Diagnosis.of(List.of(well, passing, some), Thresholds.DEFAULT).unresolved())
        .isEmpty();
    assertThat(Diagnosis.of(List.of(ill, some), Thresholds.DEFAULT).unresolved()).hasSize(1);
    Diagnosis lost = Diagnosis.of(List.of(ill, fitted, wrecked), Thresholds.DEFAULT);
    assertThat(lost.decisive().evidence()).isSameAs(wrecked);
    assertThat(lost.unresolved()).containsExactly(lost.snapshots().get(2));
  }

  private static void assertDecides(MeasuredBackward expected, MeasuredBackward... snapshots) {
    Diagnosis diagnosis = Diagnosis.of(List.of(snapshots), null, Thresholds.DEFAULT);
    assertThat(diagnosis.decisive().evidence()).isSameAs(expected);
  }

  /** Ten classes, as often as each other. */
  private static OutputEvidence output(double loss, double accuracy) {
    return new OutputEvidence(loss, accuracy, 0.3, 1, StrictMath.log(10), 0.1, 0.2);
  }

  private static Verdict at(long step, OutputEvidence output, List<LayerEvidence> layers) {
    return diagnosed(step, output, layers, null).verdict();
  }

  private static SnapshotDiagnosis diagnosed(
      long step,
      OutputEvidence output,
      List<LayerEvidence> layers,
      @Nullable MeasuredBackward initial) {
    return SnapshotDiagnosis.of(evidence(step, output, layers), initial, Thresholds.DEFAULT);
  }

  private static MeasuredBackward evidence(
      long step, OutputEvidence output, List<LayerEvidence> layers) {
    return new MeasuredBackward(step, 20, 32, 1, layers, Double.NaN, output, 1e-8);
  }

  /** A saturated layer with one tensor. */
  private static LayerEvidence moved(double activation, double linear, TensorEvidence tensor) {
    return layer(activation, linear, 0.9, 0, 10, 1, tensor);
  }

  private static TensorEvidence tensor(double gradient, double rms, double change) {
    return new TensorEvidence(
        "w", 10, rms, 0, gradient, change, Double.NEGATIVE_INFINITY, Double.NaN);
  }

  @Test
  void thresholdsCanBeSet() {
    Thresholds strict = new Thresholds(1, 0.5, 0.3, 5, 1.5, 0.85, 0.75, 10);
    MeasuredBackward evidence = snapshot(1, List.of(plain(0, -0.4), plain(0, -0.7)), 1);
    assertThat(diagnose(evidence).verdict().signal()).isEqualTo(Signal.STABLE);
    assertThat(SnapshotDiagnosis.of(evidence, strict).verdict().signal())
        .isEqualTo(Signal.VANISHING);
    assertThatThrownBy(() -> new Thresholds(0, 0.5, 0.3, 5, 1.5, 0.85, 0.75, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("networkLog10 must be a finite number above 0, but is 0.0");
    assertThatThrownBy(() -> new Thresholds(2, 0.5, 1.3, 5, 1.5, 0.85, 0.75, 10))
        .hasMessage("saturatedShare must lie in (0, 1], but is 1.3");
  }

  @Test
  void eachThresholdCanBeSetByName() {
    Thresholds all = Thresholds.DEFAULT;
    List<Double> values = List.of(1.0, 0.4, 0.2, 4.0, 1.2, 0.9, 0.8, 7.0);
    for (int i = 0; i < values.size(); i++) {
      all = all.with(Thresholds.NAMES.get(i), values.get(i));
    }
    assertThat(all).isEqualTo(new Thresholds(1, 0.4, 0.2, 4, 1.2, 0.9, 0.8, 7));
    assertThat(Thresholds.NAMES).hasSize(Thresholds.class.getRecordComponents().length);
    assertThatThrownBy(() -> Thresholds.DEFAULT.with("width", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no threshold width, only network-log10, ");
  }

  private static Verdict verdict(double inputRms, LayerEvidence... layers) {
    return diagnose(snapshot(inputRms, List.of(layers), 1)).verdict();
  }

  private static SnapshotDiagnosis diagnose(MeasuredBackward evidence) {
    return SnapshotDiagnosis.of(evidence, Thresholds.DEFAULT);
  }

  private static MeasuredBackward snapshot(
      double inputRms, List<LayerEvidence> layers, double loss) {
    return new MeasuredBackward(
        0,
        20,
        32,
        inputRms,
        layers,
        Double.NaN,
        new OutputEvidence(2.3 * loss, 0.1, 0.3 * loss, 1, 2.3 * loss, 0.1, 0.1),
        1e-8);
  }

  private static LayerEvidence plain(double activation, double linear) {
    return layer(activation, linear, 0.05, 0, 0.3, 1);
  }

  private static LayerEvidence saturated(double activation, double linear) {
    return layer(activation, linear, 0.9, 0, 10, 1);
  }

  private static LayerEvidence layer(
      double activation, double linear, double share, double dead, double knees, double inputRms) {
    return layer(activation, linear, share, dead, knees, inputRms, tensor(0));
  }

  private static LayerEvidence layer(
      double activation,
      double linear,
      double share,
      double dead,
      double knees,
      double inputRms,
      TensorEvidence tensor) {
    Saturation saturation =
        new Saturation(share, dead, knees, List.of(1 - share, 0.0, 0.0, share, 0.0, 0.0));
    return new LayerEvidence(
        "layer",
        0,
        0,
        activation,
        linear,
        0,
        Double.NaN,
        false,
        saturation,
        inputRms,
        1,
        1,
        0,
        List.of(tensor),
        List.of(),
        List.of());
  }

  private static TensorEvidence tensor(double gradient) {
    return new TensorEvidence(
        "layer/weights", 10, 1, 0, gradient, 0, Double.NEGATIVE_INFINITY, Double.NaN);
  }
}
