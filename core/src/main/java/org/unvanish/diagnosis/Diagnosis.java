package org.unvanish.diagnosis;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * What is wrong with a network along its training.
 *
 * @param snapshots in the order of their steps, at least one
 * @param tolerance orders of magnitude by which a snapshot must be further from a stable gradient
 *     than another one to be the worse: {@link Thresholds#networkLog10}
 * @since 0.1
 */
public record Diagnosis(List<SnapshotDiagnosis> snapshots, double tolerance) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no snapshot
   */
  public Diagnosis {
    snapshots = List.copyOf(snapshots);
    if (snapshots.isEmpty()) {
      throw new IllegalArgumentException("a diagnosis needs at least one snapshot");
    }
  }

  /** With the default tolerance. */
  public Diagnosis(List<SnapshotDiagnosis> snapshots) {
    this(snapshots, Thresholds.DEFAULT.networkLog10());
  }

  /**
   * Applies the rules to each snapshot of a training.
   *
   * @param snapshots in the order of their steps, at least one; if the first is of step 0, the
   *     others are compared with it
   * @throws IllegalArgumentException if there is no snapshot
   */
  public static Diagnosis of(List<MeasuredBackward> snapshots, Thresholds thresholds) {
    boolean known = !snapshots.isEmpty() && snapshots.get(0).step() == 0;
    return of(snapshots, known ? snapshots.get(0) : null, thresholds);
  }

  /**
   * Applies the rules to each snapshot of a training.
   *
   * @param snapshots in the order of their steps, at least one
   * @param initial what was measured at its initial weights; null if that is not known
   * @throws IllegalArgumentException if there is no snapshot
   */
  public static Diagnosis of(
      List<MeasuredBackward> snapshots, @Nullable MeasuredBackward initial, Thresholds thresholds) {
    return new Diagnosis(
        snapshots.stream()
            .map(snapshot -> SnapshotDiagnosis.of(snapshot, initial, thresholds))
            .toList(),
        thresholds.networkLog10());
  }

  /** The snapshot that decides, by the rules of {@link SnapshotRank#decisive}. */
  public SnapshotDiagnosis decisive() {
    return snapshots.get(SnapshotRank.decisive(ranks(), tolerance));
  }

  /** The snapshots at which something is wrong that no later one has overcome. */
  public List<SnapshotDiagnosis> unresolved() {
    List<SnapshotRank> all = ranks();
    return IntStream.range(0, snapshots.size())
        .filter(i -> SnapshotRank.isUnresolved(all, i))
        .mapToObj(snapshots::get)
        .toList();
  }

  /** The verdict at the decisive snapshot. */
  public Verdict verdict() {
    return decisive().verdict();
  }

  private List<SnapshotRank> ranks() {
    return snapshots.stream().map(SnapshotDiagnosis::rank).toList();
  }
}
