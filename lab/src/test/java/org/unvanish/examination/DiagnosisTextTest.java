package org.unvanish.examination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Run;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.text.StyledText;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

class DiagnosisTextTest {

  private static final int BATCH = 8;
  private static final Network NETWORK =
      new Network(
          new Shape(3, 32, 32),
          List.of(
              new MaxPooling(8),
              new Dense(4, true),
              new Activated(Activation.of(ActivationFunction.TANH)),
              new Dense(10, true)));

  @Test
  void whatIsUsualIsNotMentioned() {
    assertThat(text(20, 300)).doesNotContain("mini-batch", "costly");
  }

  @Test
  void aSmallerWindowIsSaidWithItsReason() {
    assertThat(text(7, 300))
        .contains(
            "A mini-batch takes 0.0 billion multiply-adds, so each probe is over 7 mini-batches"
                + " instead of 20.")
        .doesNotContain("costly");
  }

  @Test
  void aTrainingThatIsShorterThanUsualIsSaidWithTheWayOut() {
    long affordable = ProbedTraining.affordableSteps(NETWORK, BATCH);
    assertThat(text(20, affordable))
        .contains(
            "A step is costly, so the training ends after %d steps; ask for more with --snapshots."
                .formatted(affordable));
  }

  /** As if the last snapshot's window and step had been these. */
  private static String text(int batches, long step) {
    Dataset data = SyntheticImages.draw(1, 64, 16);
    TrainingSettings settings =
        new TrainingSettings(
            Optimizer.Adam.DEFAULT,
            Penalty.none(),
            new Initialization.Glorot(),
            new Initialization.Zeros(),
            PixelScaling.UNIT,
            BATCH,
            1);
    Run run = new Run(new Arm("only", NETWORK, settings, List.of(1L)), 1);
    Examination found =
        Examination.along(
            "any",
            run,
            data,
            List.of(0L),
            Thresholds.DEFAULT,
            TrainingObserver.NONE,
            ProbeProgress.SILENT);
    MeasuredBackward evidence = found.diagnosis().decisive().evidence();
    MeasuredBackward changed =
        new MeasuredBackward(
            step,
            batches,
            evidence.batchSize(),
            evidence.inputRms(),
            evidence.layers(),
            evidence.typicalLog10(),
            evidence.output(),
            evidence.adamEpsilon());
    Diagnosis diagnosis = Diagnosis.of(List.of(changed), Thresholds.DEFAULT);
    return new Examination(
            found.experiment(),
            run,
            found.data(),
            found.stepsPerEpoch(),
            diagnosis,
            found.conclusion(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .text()
        .text(StyledText.USUAL_WIDTH)
        .toString()
        .replaceAll("\\s+", " ");
  }
}
