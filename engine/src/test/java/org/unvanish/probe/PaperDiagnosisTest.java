package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/** The paper's networks at their initial values, each with three seeds. */
class PaperDiagnosisTest {

  private static final Dataset DATA = PaperCases.data();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void figure1VanishesByLargeParametersThroughActivation(long seed) {
    Network network = PaperCases.table1(ActivationFunction.TANH);
    assertThat(diagnose(network, PaperCases.WIDE, seed))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.LARGE_PARAMETERS, Mechanism.ACTIVATION));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void figure2VanishesByManyLayersThroughSmallWeights(long seed) {
    Network network = PaperCases.table2(ActivationFunction.TANH);
    assertThat(diagnose(network, PaperCases.NARROW, seed))
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.LINEAR));
  }

  /**
   * Whether its signal vanishes or explodes at the start depends on the seed; its cause does not.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void figure3HasLargeParameters(long seed) {
    Network network = PaperCases.table3(ActivationFunction.TANH);
    assertThat(diagnose(network, PaperCases.WIDE, seed).cause()).isEqualTo(Cause.LARGE_PARAMETERS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void table3WithReluAndHeValuesIsHealthy(long seed) {
    Network network = PaperCases.table3(ActivationFunction.RELU);
    assertThat(diagnose(network, new Initialization.He(), seed))
        .isEqualTo(new Verdict(Signal.STABLE, Cause.NONE, null));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void pixelsLeftAt0To255AreLargeInputs(long seed) {
    Network network = PaperCases.table3(ActivationFunction.TANH);
    TrainingSettings raw =
        new TrainingSettings(
            Optimizer.Adam.DEFAULT,
            Penalty.none(),
            new Initialization.Glorot(),
            new Initialization.Zeros(),
            PixelScaling.RAW,
            32,
            1);
    MeasuredBackward evidence = new GradientProbe(network, raw, DATA, seed).initial();
    assertThat(SnapshotDiagnosis.of(evidence, Thresholds.DEFAULT).verdict().cause())
        .isEqualTo(Cause.LARGE_INPUTS);
  }

  private static Verdict diagnose(Network network, Initialization values, long seed) {
    TrainingSettings settings = PaperCases.settings(values, Penalty.none());
    MeasuredBackward evidence = new GradientProbe(network, settings, DATA, seed).initial();
    return SnapshotDiagnosis.of(evidence, Thresholds.DEFAULT).verdict();
  }
}
