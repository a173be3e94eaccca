package org.unvanish.diagnosis;

import java.util.List;

/**
 * How a snapshot ranks among the others of its training.
 *
 * @param verdict on the network
 * @param learning what it has learnt
 * @param worstLog10 what becomes of the gradient from layer to layer or through time, as {@link
 *     org.unvanish.diagnosis.evidence.MeasuredBackward#worstLog10}; −∞ or NaN where nothing is left
 * @param finite whether the loss is a finite number
 * @since 0.1
 */
public record SnapshotRank(Verdict verdict, Learning learning, double worstLog10, boolean finite) {

  /**
   * The snapshot that decides, by its place in the list: the worst of those that are unhealthy and
   * not {@link #isOvercome overcome}. Worse than another is one whose loss is not finite, then one
   * whose gradient is lost altogether, then one whose gradient is not stable, then any other; of
   * two that are alike in this, one that is further from a stable gradient by more than the
   * tolerance. Of snapshots with one and the same {@link Signal} and cause the first decides,
   * because there it began; also of those with unscaled data, whatever they made of the gradient.
   *
   * <p>Where none is unhealthy, the last one decides if it has learnt something, else the first.
   *
   * @param snapshots in the order of their steps, at least one
   * @param tolerance in orders of magnitude, as {@link Thresholds#networkLog10}
   */
  public static int decisive(List<SnapshotRank> snapshots, double tolerance) {
    int worst = -1;
    for (int i = 0; i < snapshots.size(); i++) {
      if (isUnresolved(snapshots, i)
          && (worst < 0 || snapshots.get(i).isWorse(snapshots.get(worst), tolerance))) {
        worst = i;
      }
    }
    if (worst >= 0) {
      return worst;
    }
    int last = snapshots.size() - 1;
    return snapshots.get(last).hasLearnt() ? last : 0;
  }

  /** Whether something is wrong at a snapshot that no later one has overcome. */
  public static boolean isUnresolved(List<SnapshotRank> snapshots, int snapshot) {
    return !snapshots.get(snapshot).verdict.isHealthy() && !isOvercome(snapshots, snapshot);
  }

  /**
   * Whether the network has fitted its data at a later snapshot; or, where a healthy start only had
   * something like large weights on the way and the gradient was stable, is healthy and learns; so
   * also where the outputs were far from their targets at first.
   */
  public static boolean isOvercome(List<SnapshotRank> snapshots, int snapshot) {
    boolean passing =
        (snapshots.get(0).verdict.isHealthy()
                && snapshots.get(snapshot).verdict.signal() == Signal.STABLE)
            || snapshots.get(snapshot).verdict.cause().isOfOutput();
    return snapshots.subList(snapshot + 1, snapshots.size()).stream()
        .anyMatch(
            later ->
                later.learning == Learning.FITTED
                    || (passing && later.hasLearnt() && later.verdict.isHealthy()));
  }

  private boolean hasLearnt() {
    return learning == Learning.SOME || learning == Learning.FITTED;
  }

  private boolean isWorse(SnapshotRank other, double tolerance) {
    Cause cause = verdict.cause();
    if (cause == other.verdict.cause()
        && (cause == Cause.LARGE_INPUTS || verdict.signal() == other.verdict.signal())) {
      return false;
    }
    if (rank() != other.rank()) {
      return rank() > other.rank();
    }
    return Math.abs(worstLog10) > Math.abs(other.worstLog10) + tolerance;
  }

  private int rank() {
    if (!finite) {
      return 3;
    }
    if (!Double.isFinite(worstLog10)) {
      return 2;
    }
    return verdict.signal() == Signal.STABLE ? 0 : 1;
  }
}
