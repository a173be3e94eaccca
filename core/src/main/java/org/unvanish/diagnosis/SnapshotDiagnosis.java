package org.unvanish.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * The verdicts at one snapshot.
 *
 * @param evidence what they rest on
 * @param learning what the network has learnt by then
 * @param verdict on the network
 * @param typical what becomes of the typical sample's gradient, where the verdict's signal is that
 *     of the root mean square; null if it is not known
 * @param layers a verdict on each layer of the evidence, first to last
 * @param inside of each of them, verdicts on the layers inside a residual block
 * @param besides what else is wrong with the outputs and their targets
 * @since 0.1
 */
public record SnapshotDiagnosis(
    MeasuredBackward evidence,
    Learning learning,
    Verdict verdict,
    @Nullable Signal typical,
    List<Verdict> layers,
    List<List<Verdict>> inside,
    List<Cause> besides) {

  /** Copies the lists. */
  public SnapshotDiagnosis {
    layers = List.copyOf(layers);
    inside = inside.stream().map(List::copyOf).toList();
    besides = List.copyOf(besides);
  }

  /** Applies the rules to what was measured at a snapshot, of whose training nothing is known. */
  public static SnapshotDiagnosis of(MeasuredBackward evidence, Thresholds thresholds) {
    return of(evidence, null, thresholds);
  }

  /**
   * Applies the rules to what was measured.
   *
   * @param initial what was measured at the initial weights of the same training, to tell what
   *     training has made of the network; null if that is not known
   */
  public static SnapshotDiagnosis of(
      MeasuredBackward evidence, @Nullable MeasuredBackward initial, Thresholds thresholds) {
    DiagnosisRules rules = new DiagnosisRules(evidence, initial, thresholds);
    return new SnapshotDiagnosis(
        evidence,
        rules.learning(),
        rules.network(),
        rules.typical(),
        rules.layers(),
        rules.inside(),
        rules.besides());
  }

  /** What counts when it is compared with other snapshots. */
  public SnapshotRank rank() {
    return new SnapshotRank(
        verdict, learning, evidence.worstLog10(), Double.isFinite(evidence.output().loss()));
  }
}
