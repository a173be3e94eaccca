package org.unvanish.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.diagnosis.Prescription;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.TuningParameter;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Run;
import org.unvanish.network.Network;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Prescriber;
import org.unvanish.train.ProbedMoment;
import org.unvanish.train.ProbedTraining;
import org.unvanish.train.SignalProbe;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * A run that was probed, with what was found.
 *
 * @param experiment the name of the run's experiment
 * @param run what was probed
 * @param data on what
 * @param stepsPerEpoch how many there are
 * @param diagnosis at all moments
 * @param prescription for what is wrong
 * @param divergence where the training ended before the last moment, if it did
 */
record Examination(
    String experiment,
    Run run,
    DataDescription data,
    long stepsPerEpoch,
    Diagnosis diagnosis,
    Prescription prescription,
    Optional<TrainingOutcome.Diverged> divergence) {

  /** The paper's r, tried where no other follows from the diagnosis. */
  private static final double PAPER_R = 0.01;

  /** Trains the run from its start, and probes it on the way. */
  static Examination along(
      String experiment, Run run, Dataset data, List<Long> steps, ProgressLine progress) {
    SignalProbe probe = probe(run, data);
    Network network = run.arm().network();
    TrainingSettings settings = run.arm().settings();
    long last = steps.stream().mapToLong(step -> step).max().orElse(0);
    ProbedTraining probed =
        ProbedTraining.run(
            probe, network, settings, data, run.seed(), steps, new Told(last, progress));
    progress.update(() -> "diagnosis: trying remedies");
    Examination found = of(experiment, run, data, probe, probed.moments(), probed.divergence());
    progress.clear();
    return found;
  }

  /** Probes the parameters of a checkpoint, and nothing else. */
  static Examination at(String experiment, Run run, Dataset data, Checkpoint checkpoint) {
    SignalProbe probe = probe(run, data);
    ProbedMoment moment =
        new ProbedMoment(
            probe.measure(checkpoint.parameters(), checkpoint.step()), checkpoint.parameters());
    return of(experiment, run, data, probe, List.of(moment), Optional.empty());
  }

  private static SignalProbe probe(Run run, Dataset data) {
    return new SignalProbe(run.arm().network(), run.arm().settings(), data, run.seed());
  }

  private static Examination of(
      String experiment,
      Run run,
      Dataset data,
      SignalProbe probe,
      List<ProbedMoment> moments,
      Optional<TrainingOutcome.Diverged> divergence) {
    Thresholds thresholds = Thresholds.DEFAULT;
    return new Examination(
        experiment,
        run,
        DataDescription.of(data),
        stepsPerEpoch(data, run.arm().settings()),
        Diagnosis.of(moments.stream().map(ProbedMoment::evidence).toList(), thresholds),
        new Prescriber(probe, thresholds).prescribe(moments),
        divergence);
  }

  /** Steps of an epoch; the last batch may be a smaller one. */
  static long stepsPerEpoch(Dataset data, TrainingSettings settings) {
    return (data.train().count() + settings.batchSize() - 1L) / settings.batchSize();
  }

  /** r of a penalty that is tried alone: as prescribed, else as it fits, else the paper's. */
  double penaltyAlone() {
    if (prescription.l2() != null) {
      return prescription.l2();
    }
    for (MomentDiagnosis moment : diagnosis.moments()) {
      @Nullable Double fitting = TuningParameter.of(moment);
      if (fitting != null) {
        return fitting;
      }
    }
    return PAPER_R;
  }

  /** {@code at the initial values}, {@code after 300 steps}, {@code after epoch 2}. */
  String when(MomentDiagnosis moment) {
    long step = moment.evidence().step();
    if (step == 0) {
      return "at the initial values";
    }
    return step % stepsPerEpoch == 0
        ? "after epoch " + step / stepsPerEpoch
        : "after " + step + (step == 1 ? " step" : " steps");
  }

  /** Shows how far the training is. */
  private static final class Told implements TrainingObserver {
    private final long last;
    private final ProgressLine progress;
    private final long start;

    Told(long last, ProgressLine progress) {
      this.last = last;
      this.progress = progress;
      this.start = progress.now();
    }

    @Override
    public void stepTaken(TrainingStep step) {
      long done = (long) (step.epoch() - 1) * step.stepsPerEpoch() + step.step() - 1;
      progress.update(
          () -> {
            String left = TimeLeft.of(done, last, (progress.now() - start) / 1e9);
            return "diagnosis: step %d of %d%s"
                .formatted(done, last, left.isEmpty() ? "" : ", " + left);
          });
    }

    @Override
    public void epochFinished(EpochRecord epoch, Checkpoint checkpoint) {}
  }
}
