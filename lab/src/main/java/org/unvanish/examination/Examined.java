package org.unvanish.examination;

import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.explanation.DiagnosisText;
import org.unvanish.forecast.Forecast;
import org.unvanish.network.Network;
import org.unvanish.remedy.ExaminedNetwork;
import org.unvanish.train.TrainingOutcome;

/** The findings about a network: a run of an experiment, or an imported model. */
public interface Examined {

  /** The name of the run's experiment, or of the model's file. */
  String experiment();

  /** The run's arm, or the model's format. */
  String arm();

  /** What was diagnosed on what, as a heading. */
  String title();

  /** Of all that was drawn. */
  long seed();

  /** What the data are called. */
  String dataName();

  /** What the data are. */
  String dataTitle();

  /** The network, if it is one of the engine's. */
  Optional<Network> network();

  /** How many there are; 1 where nothing is known of a training. */
  long stepsPerEpoch();

  /** At all snapshots. */
  Diagnosis diagnosis();

  /** What follows for the network, with what is prescribed. */
  Conclusion conclusion();

  /** What was tried by training, if anything was. */
  Optional<Trial> trial();

  /** Where the training ended before the last snapshot, if it did. */
  Optional<TrainingOutcome.Diverged> divergence();

  /** What theory says of the initial weights, where it speaks of all layers. */
  Optional<Forecast> forecast();

  /** What is prescribed. */
  default Prescription prescription() {
    return conclusion().prescription();
  }

  /** The verdict on the network. */
  default Verdict verdict() {
    return conclusion().verdict();
  }

  /** All snapshots for programs, with the forecast where it is one of the same weights. */
  default List<SnapshotJson> snapshots() {
    return diagnosis().snapshots().stream()
        .map(snapshot -> SnapshotJson.of(snapshot, forecast(snapshot)))
        .toList();
  }

  /** What theory says of a snapshot: of the initial weights, and of no others. */
  default Optional<Forecast> forecast(SnapshotDiagnosis snapshot) {
    return snapshot.evidence().step() == 0 ? forecast() : Optional.empty();
  }

  /** What was found, in a sentence or a few. */
  default String sentence() {
    return VerdictText.of(
        snapshots(), SnapshotJson.of(diagnosis().decisive()), verdict(), stepsPerEpoch());
  }

  /** All of it for people, the answer first. */
  default DiagnosisText text() {
    return new DiagnosisText(
        new ExaminedNetwork(diagnosis(), conclusion(), trial(), divergence(), forecast()),
        network(),
        stepsPerEpoch());
  }
}
