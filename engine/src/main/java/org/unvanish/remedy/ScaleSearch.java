package org.unvanish.remedy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.forecast.Forecast;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.RemedyProbe;

/** Tries scales α where f′ takes from a gradient that is lost in many layers. */
final class ScaleSearch {

  private static final List<Double> SCALES = List.of(1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0);

  private final RemedyProbe probe;
  private final Thresholds thresholds;

  ScaleSearch(RemedyProbe probe, Thresholds thresholds) {
    this.probe = probe;
    this.thresholds = thresholds;
  }

  /**
   * The scale for the snapshot at which f′ takes most; null if it takes little or no scale helps.
   */
  @Nullable Double best(List<ProbedSnapshot> snapshots) {
    double most = -thresholds.layerLog10();
    Double scale = null;
    for (ProbedSnapshot snapshot : snapshots) {
      double taken = snapshot.evidence().activationLog10();
      if (taken <= most && canAct(snapshot.evidence()) && canGain(snapshot.evidence())) {
        most = taken;
        scale = best(snapshot);
      }
    }
    return scale;
  }

  /**
   * Whether some scale may bring the gradient near to its size. Where a bound is known, that is
   * what f′ takes: without biases, no α gains more.
   */
  boolean canCure(MeasuredBackward evidence) {
    double gain = boundLog10(evidence);
    return Double.isNaN(gain) || evidence.endToEndLog10() + gain > -thresholds.networkLog10();
  }

  /** Whether some scale may gain as much as a layer is named for. */
  private boolean canGain(MeasuredBackward evidence) {
    return !(boundLog10(evidence) < thresholds.layerLog10());
  }

  /** What α gains at most at the initial weights; NaN where that is not known. */
  private double boundLog10(MeasuredBackward evidence) {
    return evidence.step() > 0
        ? Double.NaN
        : probe.forecast().map(Forecast::alphaGainLog10).orElse(Double.NaN);
  }

  private boolean canAct(MeasuredBackward evidence) {
    Verdict verdict = SnapshotDiagnosis.of(evidence, thresholds).verdict();
    return verdict.signal() == Signal.VANISHING
        && (verdict.cause() == Cause.MANY_LAYERS || verdict.cause() == Cause.BOTH)
        && verdict.mechanism() != Mechanism.LINEAR;
  }

  /**
   * The smallest scale that brings the gradient as near to its size as scaling can, without making
   * it larger: within a layer's tolerance of 0, or of the best.
   */
  private @Nullable Double best(ProbedSnapshot snapshot) {
    probe.progress().began("trying scales α", SCALES.size());
    double near = thresholds.layerLog10();
    double[] decades = SCALES.stream().mapToDouble(scale -> decades(snapshot, scale)).toArray();
    double best = Arrays.stream(decades).filter(d -> d <= near).max().orElse(Double.NaN);
    double goal = Math.min(-near, best - near);
    double needed = Math.max(goal, snapshot.evidence().endToEndLog10() + near);
    for (int i = 0; i < decades.length; i++) {
      if (decades[i] >= needed && decades[i] <= near) {
        return SCALES.get(i);
      }
    }
    return null;
  }

  private double decades(ProbedSnapshot snapshot, double scale) {
    return probe
        .scaled(scale)
        .measure(snapshot.parameters(), snapshot.evidence().step())
        .endToEndLog10();
  }
}
