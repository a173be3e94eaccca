package org.unvanish.examination;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Run;
import org.unvanish.forecast.Forecast;
import org.unvanish.network.Network;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.remedy.ExaminedNetwork;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingSettings;

/**
 * A run that was probed, with what was found.
 *
 * @param experiment the name of the run's experiment
 * @param run what was probed
 * @param data on what
 * @param stepsPerEpoch how many there are
 * @param diagnosis at all snapshots
 * @param conclusion what follows for the network, with what is prescribed
 * @param trial what was tried; nothing where the network is healthy and learns, or is too costly to
 *     be tried, or where nothing was to be trained
 * @param divergence where the training ended before the last snapshot, if it did
 * @param forecast what theory says of the initial weights, where they were measured and it speaks
 *     of all layers
 */
public record Examination(
    String experiment,
    Run run,
    DataDescription data,
    long stepsPerEpoch,
    Diagnosis diagnosis,
    Conclusion conclusion,
    Optional<Trial> trial,
    Optional<TrainingOutcome.Diverged> divergence,
    Optional<Forecast> forecast)
    implements Examined {

  /** The paper's r, tried where no other follows from the diagnosis. */
  private static final double PAPER_R = 0.01;

  /**
   * Trains the run from its start, and probes it on the way.
   *
   * @param steps how many steps are done at the snapshots to probe, not negative; 0, the initial
   *     weights, is always among them
   * @param thresholds by which verdicts are given and remedies prescribed
   * @param observer is told what the training does
   * @param progress is told how far the probing is
   * @throws IllegalArgumentException if data and network do not fit each other
   */
  public static Examination along(
      String experiment,
      Run run,
      Dataset data,
      List<Long> steps,
      Thresholds thresholds,
      TrainingObserver observer,
      ProbeProgress progress) {
    GradientProbe probe = probe(run, data, progress);
    return of(
        experiment, run, data, ExaminedNetwork.along(probe, data, steps, thresholds, observer));
  }

  /**
   * Probes the parameters of a checkpoint, and nothing else.
   *
   * @param thresholds by which verdicts are given and remedies prescribed
   * @param progress is told how far the probing is
   */
  public static Examination at(
      String experiment,
      Run run,
      Dataset data,
      Checkpoint checkpoint,
      Thresholds thresholds,
      ProbeProgress progress) {
    GradientProbe probe = probe(run, data, progress);
    return of(experiment, run, data, ExaminedNetwork.at(probe, data, checkpoint, thresholds));
  }

  private static GradientProbe probe(Run run, Dataset data, ProbeProgress progress) {
    return new GradientProbe(run.arm().network(), run.arm().settings(), data, run.seed(), progress);
  }

  private static Examination of(String experiment, Run run, Dataset data, ExaminedNetwork found) {
    return new Examination(
        experiment,
        run,
        DataDescription.of(data),
        stepsPerEpoch(data.train().count(), run.arm().settings()),
        found.diagnosis(),
        found.conclusion(),
        found.trial(),
        found.divergence(),
        found.forecast());
  }

  /** Steps of an epoch; the last batch may be a smaller one. */
  public static long stepsPerEpoch(int trainSamples, TrainingSettings settings) {
    return settings.stepsPerEpoch(trainSamples);
  }

  @Override
  public String arm() {
    return run.arm().name();
  }

  @Override
  public String title() {
    if (!run.arm().isWatched()) {
      return "%s, arm “%s”, seed %d, on %s".formatted(experiment, arm(), seed(), dataTitle());
    }
    MeasuredBackward evidence = diagnosis.decisive().evidence();
    return "%s, recorded of a %s over %d mini-batches of %d samples"
        .formatted(experiment, arm(), evidence.batches(), evidence.batchSize());
  }

  @Override
  public long seed() {
    return run.seed();
  }

  @Override
  public String dataName() {
    return data.name();
  }

  @Override
  public String dataTitle() {
    return data.title();
  }

  @Override
  public Optional<Network> network() {
    return run.arm().isWatched() ? Optional.empty() : Optional.of(run.arm().network());
  }

  /** r of a penalty that is tried alone: as prescribed, else as it fits, else the paper's. */
  public double penaltyAlone() {
    Double prescribed = prescription().l2();
    if (prescribed != null) {
      return prescribed;
    }
    for (SnapshotDiagnosis snapshot : diagnosis.snapshots()) {
      @Nullable Double fitting = Prescription.strength(snapshot);
      if (fitting != null) {
        return fitting;
      }
    }
    return PAPER_R;
  }
}
