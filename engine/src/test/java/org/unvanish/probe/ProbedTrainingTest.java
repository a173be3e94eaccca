package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

class ProbedTrainingTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 320, 32);
  private static final TrainingSettings SETTINGS =
      PaperCases.settings(PaperCases.NARROW, Penalty.none());

  private final Network network = PaperCases.table2(ActivationFunction.TANH);
  private final GradientProbe probe = new GradientProbe(network, SETTINGS, DATA, 1);

  @Test
  void itTrainsAsFarAsTheLastSnapshotAndNoFurther() {
    List<TrainingStep> steps = new ArrayList<>();
    ProbedTraining probed = run(probe, SETTINGS, List.of(13L, 20L), steps);

    TrainingProbe whole = TrainingProbe.watching(probe, List.of(0L, 13L, 20L));
    new Trainer(network, withEpochs(3), DATA, 1).run(whole);
    assertThat(probed.snapshots()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      ProbedSnapshot snapshot = probed.snapshots().get(i);
      assertThat(snapshot.evidence()).isEqualTo(whole.snapshots().get(i).evidence());
      assertThat(snapshot.parameters()).isEqualTo(whole.snapshots().get(i).parameters());
    }
    // The 21st step of 10 an epoch is told, and then it stops.
    assertThat(steps).hasSize(21);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(probed.divergence()).isEmpty();
  }

  @Test
  void anObserverMayEndItBefore() {
    ProbedTraining probed =
        ProbedTraining.run(
            probe,
            network,
            SETTINGS,
            DATA,
            1,
            List.of(5L, Long.MAX_VALUE),
            (epoch, checkpoint) -> TrainingDecision.STOP);
    assertThat(probed.snapshots()).extracting(m -> m.evidence().step()).containsExactly(0L, 5L);
    assertThat(probed.divergence()).isEmpty();
  }

  @Test
  void theInitialValuesNeedNoTraining() {
    List<TrainingStep> steps = new ArrayList<>();
    ProbedTraining probed = run(probe, SETTINGS, List.of(0L), steps);
    assertThat(probed.snapshots()).hasSize(1);
    assertThat(probed.snapshots().get(0).evidence()).isEqualTo(probe.initial());
    assertThat(steps).isEmpty();
  }

  @Test
  void aTrainingThatDivergesIsProbedWhereItEnded() {
    TrainingSettings wild =
        new TrainingSettings(
            new Optimizer.Sgd(1e38, 0),
            Penalty.none(),
            SETTINGS.weights(),
            SETTINGS.biases(),
            SETTINGS.pixelScaling(),
            32,
            1);
    ProbedTraining probed =
        run(new GradientProbe(network, wild, DATA, 1), wild, List.of(9L), new ArrayList<>());
    assertThat(probed.divergence()).isPresent();
    assertThat(probed.snapshots()).extracting(m -> m.evidence().step()).containsExactly(0L, 2L);
    assertThat(probed.snapshots().get(1).evidence().output().loss()).isNotFinite();
    Diagnosis diagnosis =
        Diagnosis.of(
            probed.snapshots().stream().map(ProbedSnapshot::evidence).toList(), Thresholds.DEFAULT);
    assertThat(diagnosis.verdict().toString()).startsWith("exploding, large-learning-rate");
  }

  private ProbedTraining run(
      GradientProbe from, TrainingSettings settings, List<Long> at, List<TrainingStep> steps) {
    return ProbedTraining.run(
        from,
        network,
        settings,
        DATA,
        1,
        at,
        new TrainingObserver() {
          @Override
          public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
            return TrainingDecision.CONTINUE;
          }

          @Override
          public TrainingDecision stepTaken(TrainingStep step) {
            steps.add(step);
            return TrainingDecision.CONTINUE;
          }
        });
  }

  private static TrainingSettings withEpochs(int epochs) {
    return new TrainingSettings(
        SETTINGS.optimizer(),
        SETTINGS.penalty(),
        SETTINGS.weights(),
        SETTINGS.biases(),
        SETTINGS.pixelScaling(),
        SETTINGS.batchSize(),
        epochs);
  }
}
