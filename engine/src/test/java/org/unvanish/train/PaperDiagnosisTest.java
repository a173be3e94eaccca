package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.LayerEvidence;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.MomentDiagnosis;
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
    long start = System.nanoTime();
    MomentDiagnosis diagnosis =
        MomentDiagnosis.of(
            new SignalProbe(network, settings, DATA, seed).initial(), Thresholds.DEFAULT);
    System.out.printf(
        "%s seed %d in %.2f s: %s, %.2f decades (activation %.2f, weights %.2f), first %.1f%n",
        DATA.name(),
        seed,
        (System.nanoTime() - start) * 1e-9,
        diagnosis.verdict(),
        diagnosis.evidence().endToEndLog10(),
        diagnosis.evidence().activationLog10(),
        diagnosis.evidence().weightsLog10(),
        diagnosis.evidence().firstGradientLog10());
    List<LayerEvidence> layers = diagnosis.evidence().layers();
    for (int i = 0; i < layers.size() && seed == 1; i++) {
      LayerEvidence l = layers.get(i);
      System.out.printf(
          "  %-10s enters %6.2f act %6.2f linear %6.2f shape %5.2f saturated %.2f dead %.2f gain"
              + " %.2f/%.2f %s%n",
          l.name(),
          l.enteringLog10(),
          l.activationLog10(),
          l.linearLog10(),
          l.shapeLog10(),
          l.saturation().saturatedShare(),
          l.saturation().deadShare(),
          l.weightGain(),
          l.criticalGain(),
          diagnosis.layers().get(i));
    }
    return diagnosis.verdict();
  }
}
