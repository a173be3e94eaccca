package org.unvanish.remedy;

import java.util.List;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.RemedyProbe;

/**
 * Finds the remedy that fits a diagnosis. Whatever can be tried by probing is tried: a remedy is
 * prescribed only if the remedied network passes the gradient on better.
 *
 * <p>Data that saturates layers is scaled first, because every other remedy depends on what the
 * layers read; what is wrong even then is for a {@link RemedySearch} to fix. See docs/diagnosis.md
 * for the measurements.
 */
public final class Prescriber {

  private final RemedyProbe probe;
  private final Thresholds thresholds;

  /**
   * @param probe of the diagnosed network
   * @param thresholds of the diagnosis
   */
  public Prescriber(RemedyProbe probe, Thresholds thresholds) {
    this.probe = probe;
    this.thresholds = thresholds;
  }

  /**
   * The remedy for what is wrong at the decisive snapshot.
   *
   * @param snapshots of one training, in the order of their steps, at least one
   * @throws IllegalArgumentException if there is no snapshot
   */
  public Prescription prescribe(List<ProbedSnapshot> snapshots) {
    return prescribe(
        snapshots,
        Diagnosis.of(snapshots.stream().map(ProbedSnapshot::evidence).toList(), thresholds));
  }

  /**
   * The remedy for what is wrong at the decisive snapshot.
   *
   * @param snapshots of one training, in the order of their steps, at least one
   * @param diagnosis of these snapshots
   */
  public Prescription prescribe(List<ProbedSnapshot> snapshots, Diagnosis diagnosis) {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    if (decisive.verdict().isHealthy()) {
      return prescription(decisive, decisive, Remedy.NONE);
    }
    ProbedSnapshot snapshot = snapshots.get(diagnosis.snapshots().indexOf(decisive));
    if (decisive.verdict().cause() == Cause.LARGE_TARGETS
        || decisive.verdict().cause() == Cause.SATURATED_OUTPUT) {
      return prescription(decisive, decisive, ofOutput(snapshot, decisive));
    }
    if (decisive.verdict().cause().isOfTraining()) {
      return prescription(
          decisive, decisive, new RemedySearch(probe, thresholds).find(snapshots, decisive));
    }
    if (decisive.verdict().cause() == Cause.LARGE_INPUTS && !hasLargeInputs(decisive)) {
      // What unscaled data have destroyed tells no more of them: the start does.
      return scaledInputs(decisive, new ProbedSnapshot(probe.initial(), probe.initialValues()));
    }
    if (hasLargeInputs(decisive)) {
      return scaledInputs(decisive, snapshot);
    }
    Remedy remedy = new RemedySearch(probe, thresholds).find(snapshots, decisive);
    Prediction prediction = remedy.prediction();
    // Large parameters can hide unscaled data: without them it is the data that saturates.
    return prediction != null && hasLargeInputs(diagnosis(prediction.after()))
        ? scaledInputs(decisive, snapshot)
        : prescription(decisive, decisive, remedy);
  }

  /** The first of the remedies for outputs and targets with which the network is well. */
  private Remedy ofOutput(ProbedSnapshot snapshot, SnapshotDiagnosis decisive) {
    MeasuredBackward before = snapshot.evidence();
    for (OtherRemedy remedy : remedies(decisive.verdict().cause())) {
      probe.progress().began("trying " + remedy.text(), 1);
      MeasuredBackward after = probe.with(remedy).measure(snapshot.parameters(), before.step());
      if (diagnosis(after).verdict().isHealthy()) {
        return new Remedy(Change.of(remedy), new Prediction(before, after, 1));
      }
    }
    return new RemedySearch(probe, thresholds).find(List.of(snapshot), decisive);
  }

  private List<OtherRemedy> remedies(Cause cause) {
    return probe.outputRemedies().stream()
        .filter(remedy -> (remedy == OtherRemedy.SCALE_TARGETS) == (cause == Cause.LARGE_TARGETS))
        .toList();
  }

  private Prescription scaledInputs(SnapshotDiagnosis decisive, ProbedSnapshot snapshot) {
    MeasuredBackward before = snapshot.evidence();
    probe.progress().began("trying standardised data", 1);
    RemedyProbe standardised = probe.standardised();
    MeasuredBackward scaled = standardised.measure(snapshot.parameters(), before.step());
    SnapshotDiagnosis rest = diagnosis(scaled);
    Remedy remedy = Remedy.NONE;
    if (!rest.verdict().isHealthy()) {
      ProbedSnapshot start = new ProbedSnapshot(scaled, snapshot.parameters());
      remedy = new RemedySearch(standardised, thresholds).find(List.of(start), rest);
    }
    return prescription(decisive, rest, remedy.afterScaling(before, scaled));
  }

  private SnapshotDiagnosis diagnosis(MeasuredBackward evidence) {
    return SnapshotDiagnosis.of(evidence, thresholds);
  }

  private static boolean hasLargeInputs(SnapshotDiagnosis snapshot) {
    return snapshot.layers().stream().anyMatch(layer -> layer.cause() == Cause.LARGE_INPUTS);
  }

  /** What is wrong with the outputs besides is for their remedies, whatever the others are. */
  private Prescription prescription(
      SnapshotDiagnosis decisive, SnapshotDiagnosis rest, Remedy found) {
    List<OtherRemedy> besides =
        decisive.besides().stream().flatMap(cause -> remedies(cause).stream().limit(1)).toList();
    Remedy remedy = found.after(besides);
    return Prescription.of(decisive, rest, remedy.change(), remedy.prediction());
  }
}
