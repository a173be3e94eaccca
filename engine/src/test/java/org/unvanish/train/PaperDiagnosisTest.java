package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.diagnosis.MomentEvidence;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;

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
    assertThat(diagnose(network, new InitialValues.He(), seed))
        .isEqualTo(new Verdict(Signal.STEADY, Cause.NONE, null));
  }

  private static Verdict diagnose(Network network, InitialValues values, long seed) {
    TrainingSettings settings = PaperCases.settings(values, Penalty.none());
    MomentEvidence evidence = new SignalProbe(network, settings, DATA, seed).initial();
    return MomentDiagnosis.of(evidence, Thresholds.DEFAULT).verdict();
  }
}
