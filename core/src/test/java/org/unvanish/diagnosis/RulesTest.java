package org.unvanish.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule by evidence that is made up. */
class RulesTest {

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
        .isEqualTo(new Verdict(Signal.STEADY, Cause.LARGE_PARAMETERS, null));
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
        .isEqualTo(new Verdict(Signal.STEADY, Cause.NONE, null));
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
    assertThat(diagnose(moment(1, layers, Double.NaN)).verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.LARGE_PARAMETERS, Mechanism.LINEAR));
  }

  @Test
  void geometryIsNoLoss() {
    LayerEvidence pooled =
        new LayerEvidence(
            "conv", 0, 0, 0, -0.9, -0.9, false, Saturation.NONE, 1, 1, 1, 0, List.of(tensor(0)));
    assertThat(verdict(1, pooled, pooled, pooled).isHealthy()).isTrue();
    assertThat(pooled.gainLog10()).isEqualTo(-0.9);
  }

  @Test
  void theFirstMomentWithSomethingWrongDecides() {
    MomentEvidence well = moment(1, List.of(plain(0, 0)), 1);
    MomentEvidence ill = moment(1, List.of(plain(0, -3)), 1);
    Diagnosis diagnosis = Diagnosis.of(List.of(well, ill, well), Thresholds.DEFAULT);
    assertThat(diagnosis.decisive().evidence()).isSameAs(ill);
    assertThat(Diagnosis.of(List.of(well, well), Thresholds.DEFAULT).verdict().isHealthy())
        .isTrue();
  }

  @Test
  void thresholdsCanBeSet() {
    Thresholds strict = new Thresholds(1, 0.5, 0.3, 5, 1.5, 0.85, 0.75);
    MomentEvidence evidence = moment(1, List.of(plain(0, -0.4), plain(0, -0.7)), 1);
    assertThat(diagnose(evidence).verdict().signal()).isEqualTo(Signal.STEADY);
    assertThat(MomentDiagnosis.of(evidence, strict).verdict().signal()).isEqualTo(Signal.VANISHING);
    assertThatThrownBy(() -> new Thresholds(0, 0.5, 0.3, 5, 1.5, 0.85, 0.75))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("networkDecades must be a finite number above 0, but is 0.0");
    assertThatThrownBy(() -> new Thresholds(2, 0.5, 1.3, 5, 1.5, 0.85, 0.75))
        .hasMessage("saturatedShare must lie in (0, 1], but is 1.3");
  }

  @Test
  void eachThresholdCanBeSetByName() {
    Thresholds all = Thresholds.DEFAULT;
    List<Double> values = List.of(1.0, 0.4, 0.2, 4.0, 1.2, 0.9, 0.8);
    for (int i = 0; i < values.size(); i++) {
      all = all.with(Thresholds.NAMES.get(i), values.get(i));
    }
    assertThat(all).isEqualTo(new Thresholds(1, 0.4, 0.2, 4, 1.2, 0.9, 0.8));
    assertThat(Thresholds.NAMES).hasSize(Thresholds.class.getRecordComponents().length);
    assertThatThrownBy(() -> Thresholds.DEFAULT.with("width", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no threshold width, only network-decades, ");
  }

  private static Verdict verdict(double inputRms, LayerEvidence... layers) {
    return diagnose(moment(inputRms, List.of(layers), 1)).verdict();
  }

  private static MomentDiagnosis diagnose(MomentEvidence evidence) {
    return MomentDiagnosis.of(evidence, Thresholds.DEFAULT);
  }

  private static MomentEvidence moment(double inputRms, List<LayerEvidence> layers, double loss) {
    return new MomentEvidence(
        0,
        20,
        32,
        inputRms,
        layers,
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
    Saturation saturation =
        new Saturation(share, dead, knees, List.of(1 - share, 0.0, 0.0, share, 0.0, 0.0));
    return new LayerEvidence(
        "layer",
        0,
        0,
        activation,
        linear,
        0,
        false,
        saturation,
        inputRms,
        1,
        1,
        0,
        List.of(tensor(0)));
  }

  private static TensorEvidence tensor(double gradient) {
    return new TensorEvidence("layer/weights", 10, 1, gradient, 0, Double.NEGATIVE_INFINITY);
  }
}
