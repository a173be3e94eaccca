package org.unvanish.remedy;

import java.util.List;
import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.forecast.Forecast;
import org.unvanish.probe.DataReading;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;

/**
 * All findings about a network: measurements, verdicts, and short trainings.
 *
 * @param diagnosis at all snapshots
 * @param conclusion what follows for the network, with what is prescribed
 * @param trial what was tried; nothing where the network is healthy and learns, or is too costly to
 *     be tried, or where nothing was to be trained
 * @param divergence where the training ended before the last snapshot, if it did
 * @param forecast what theory says of the initial weights, where they were measured and it speaks
 *     of all layers
 */
public record ExaminedNetwork(
    Diagnosis diagnosis,
    Conclusion conclusion,
    Optional<Trial> trial,
    Optional<TrainingOutcome.Diverged> divergence,
    Optional<Forecast> forecast) {

  /**
   * Trains a network from its start, and probes it on the way.
   *
   * @param probe of the network, its settings, the same data and the seed
   * @param steps how many steps are done at the snapshots, not negative; 0, the initial weights, is
   *     always among them
   * @param thresholds by which verdicts are given and remedies prescribed
   * @param observer is told what the training does
   */
  public static ExaminedNetwork along(
      GradientProbe probe,
      Dataset data,
      List<Long> steps,
      Thresholds thresholds,
      TrainingObserver observer) {
    ProbedTraining probed =
        ProbedTraining.run(
            probe, probe.network(), probe.settings(), data, probe.seed(), steps, observer);
    Diagnosis diagnosis =
        Diagnosis.of(
            probed.snapshots().stream().map(ProbedSnapshot::evidence).toList(), thresholds);
    Prescription probes =
        new Prescriber(probe, thresholds).prescribe(probed.snapshots(), diagnosis);
    DataEvidence evidence = DataReading.of(data);
    // Where all inputs are constant, no training can show anything.
    Optional<Trial> trial =
        evidence.constantInputs() < evidence.inputs()
            ? ShortTrial.of(probe, thresholds, diagnosis, probes)
            : Optional.empty();
    Optional<Forecast> forecast = probe.forecast();
    Conclusion conclusion = Conclusion.of(diagnosis, probes, evidence, trial.orElse(null));
    return new ExaminedNetwork(
        diagnosis,
        ScaleText.of(conclusion, diagnosis, forecast, thresholds),
        trial,
        probed.divergence(),
        forecast);
  }

  /**
   * Probes the parameters of a checkpoint, and trains nothing.
   *
   * @param probe of the network, its settings, the same data and the seed
   * @param thresholds by which verdicts are given and remedies prescribed
   */
  public static ExaminedNetwork at(
      GradientProbe probe, Dataset data, Checkpoint checkpoint, Thresholds thresholds) {
    probe.progress().began("probing the stored weights", 1);
    ProbedSnapshot snapshot =
        new ProbedSnapshot(
            probe.measure(checkpoint.parameters(), checkpoint.step()), checkpoint.parameters());
    Diagnosis diagnosis = Diagnosis.of(List.of(snapshot.evidence()), probe.initial(), thresholds);
    Prescription probes = new Prescriber(probe, thresholds).prescribe(List.of(snapshot), diagnosis);
    return new ExaminedNetwork(
        diagnosis,
        Conclusion.of(diagnosis, probes, DataReading.of(data), null),
        Optional.empty(),
        Optional.empty(),
        checkpoint.step() == 0 ? probe.forecast() : Optional.empty());
  }
}
