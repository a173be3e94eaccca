package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingSettings;

/** Snapshots along a training. */
class TrainingProbeTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 320, 32);

  private final Network network = PaperCases.table2(ActivationFunction.TANH);

  @Test
  void momentsAreTakenAtTheirStepsAndChangeNothingOfTheRun() {
    TrainingSettings settings = settings(3);
    GradientProbe probe = new GradientProbe(network, settings, DATA, 1);
    TrainingProbe snapshots = new TrainingProbe(probe, List.of(0L, 7L, 10L, 20L));
    Trainer probed = new Trainer(network, settings, DATA, 1);
    probed.run(snapshots);
    Trainer alone = new Trainer(network, settings, DATA, 1);
    alone.run((epoch, checkpoint) -> {});

    assertThat(probed.parameters()).isEqualTo(alone.parameters());
    assertThat(snapshots.snapshots())
        .extracting(snapshot -> snapshot.evidence().step())
        .containsExactly(0L, 7L, 10L, 20L);
    assertThat(snapshots.snapshots().get(0).evidence()).isEqualTo(probe.initial());
    // After the two epochs of another run.
    Trainer two = new Trainer(network, settings(2), DATA, 1);
    two.run((epoch, checkpoint) -> {});
    assertThat(snapshots.snapshots().get(3).parameters()).isEqualTo(two.parameters());
    assertThat(snapshots.snapshots().get(3).evidence())
        .isEqualTo(probe.measure(two.parameters(), 20));
  }

  @Test
  void aProbeTwiceGivesTheSameBits() {
    assertThat(new GradientProbe(network, settings(1), DATA, 1).initial())
        .isEqualTo(new GradientProbe(network, settings(1), DATA, 1).initial());
  }

  @Test
  void theDiagnosisOfFigure2IsThatOfItsInitialValues() {
    TrainingSettings settings = settings(1);
    GradientProbe probe = new GradientProbe(network, settings, DATA, 1);
    TrainingProbe snapshots = new TrainingProbe(probe, List.of(0L, 9L));
    new Trainer(network, settings, DATA, 1).run(snapshots);
    Diagnosis diagnosis =
        Diagnosis.of(
            snapshots.snapshots().stream().map(ProbedSnapshot::evidence).toList(),
            Thresholds.DEFAULT);
    assertThat(diagnosis.decisive().evidence().step()).isZero();
    assertThat(diagnosis.verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.LINEAR));
    assertThat(diagnosis.decisive().evidence().firstGradientLog10()).isLessThan(Math.log10(1e-8));
  }

  private static TrainingSettings settings(int epochs) {
    TrainingSettings s = PaperCases.settings(PaperCases.NARROW, Penalty.none());
    return new TrainingSettings(
        s.optimizer(),
        s.penalty(),
        s.weights(),
        s.biases(),
        s.pixelScaling(),
        s.batchSize(),
        epochs);
  }
}
