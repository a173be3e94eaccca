package org.unvanish.store;

import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotRank;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.examination.PrescriptionJson;
import org.unvanish.examination.SnapshotJson;

/**
 * What probing found of an arm with one seed.
 *
 * @param seed of initial weights, shuffling and dropout
 * @param snapshots in the order of their steps, at least one
 * @param prescription if remedies were tried
 */
public record StoredDiagnosis(
    long seed, List<SnapshotJson> snapshots, Optional<PrescriptionJson> prescription) {

  /** Copies the list. */
  public StoredDiagnosis {
    snapshots = List.copyOf(snapshots);
  }

  /** The snapshot that decides, as in {@link org.unvanish.diagnosis.Diagnosis#decisive}. */
  public SnapshotJson decisive() {
    return snapshots.get(
        SnapshotRank.decisive(
            snapshots.stream().map(SnapshotJson::rank).toList(),
            Thresholds.DEFAULT.networkLog10()));
  }

  /**
   * The verdict on the network: the decisive snapshot's, with the cause that a trial or the data
   * has shown, unless a later snapshot has shown an unhealthy signal since.
   */
  public Verdict verdict() {
    Verdict seen = decisive().verdict();
    return prescription
        .map(PrescriptionJson::cause)
        .map(SnapshotJson::causeOf)
        .filter(cause -> seen.signal() == Signal.STABLE || cause.isCertain())
        .map(cause -> new Verdict(seen.signal(), cause, seen.mechanism()))
        .orElse(seen);
  }
}
