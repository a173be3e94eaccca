package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;
import org.unvanish.probe.RemedyProbe;

/**
 * Tries what helps where the gradient is lost, or grows, on its way back through time: orthogonal
 * recurrent weights, which keep its size as far as f′ lets them; where that takes more, scales α
 * beside them.
 */
final class TimeSearch {

  private static final List<Double> SCALES = List.of(1.5, 2.0, 3.0, 5.0, 10.0);

  private final RemedyProbe probe;
  private final Thresholds thresholds;

  TimeSearch(RemedyProbe probe, Thresholds thresholds) {
    this.probe = probe;
    this.thresholds = thresholds;
  }

  /**
   * The first change with which the network is well; else that which brings the gradient nearest to
   * its size, if it does so by as much as a network may lose; null if none does.
   *
   * @param decisive the snapshot that is unhealthy
   */
  @Nullable Remedy find(SnapshotDiagnosis decisive) {
    Optional<RemedyProbe> orthogonal = probe.withOrthogonalRecurrent();
    RemedyProbe start = orthogonal.orElse(probe);
    List<OtherRemedy> other =
        orthogonal.isPresent() ? List.of(OtherRemedy.ORTHOGONAL_RECURRENT) : List.of();
    List<Double> scales = new ArrayList<>(orthogonal.isPresent() ? List.of(1.0) : List.of());
    scales.addAll(SCALES);
    probe.progress().began("trying orthogonal recurrent weights and scales α", scales.size());
    double least = distance(decisive.evidence()) - thresholds.networkLog10();
    Remedy best = null;
    for (double scale : scales) {
      RemedyProbe scaled = scale == 1 ? start : start.scaled(scale);
      if (scale != 1 && scaled == start) {
        // There is no scale to change.
        return best;
      }
      MeasuredBackward after = scaled.initial();
      Remedy remedy =
          new Remedy(
              new Change(null, scale == 1 ? null : scale, null, other),
              new Prediction(decisive.evidence(), after, 1));
      if (isWell(after)) {
        return remedy;
      }
      if (distance(after) <= least) {
        least = distance(after) - thresholds.layerLog10();
        best = remedy;
      }
    }
    return best;
  }

  /** Whether the network is well with what was found. */
  boolean isWell(Remedy remedy) {
    return isWell(Objects.requireNonNull(remedy.prediction()).after());
  }

  private boolean isWell(MeasuredBackward evidence) {
    SnapshotDiagnosis found = SnapshotDiagnosis.of(evidence, thresholds);
    return found.verdict().isHealthy() || found.verdict().cause() == Cause.LARGE_TARGETS;
  }

  private static double distance(MeasuredBackward evidence) {
    double decades = Math.abs(evidence.worstLog10());
    return Double.isNaN(decades) || !Double.isFinite(evidence.output().loss())
        ? Double.POSITIVE_INFINITY
        : decades;
  }
}
