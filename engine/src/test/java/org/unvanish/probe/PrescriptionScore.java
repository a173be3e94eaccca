package org.unvanish.probe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.remedy.Prescriber;

/** What is prescribed for networks with an injected cause, and whether it would help. */
final class PrescriptionScore {

  private final Map<Cause, int[]> counts = new EnumMap<>(Cause.class);
  private final List<String> harmful = new ArrayList<>();

  void add(GradientProbe probe, SnapshotDiagnosis diagnosis, InjectedCase injected) {
    MeasuredBackward before = diagnosis.evidence();
    Prescription found =
        new Prescriber(probe, Thresholds.DEFAULT)
            .prescribe(List.of(new ProbedSnapshot(before, injected.parameters())));
    int[] count = counts.computeIfAbsent(injected.truth(), cause -> new int[3]);
    count[0]++;
    if (diagnosis.verdict().isHealthy() ? !found.isEmpty() : !helps(before, found)) {
      harmful.add(diagnosis.verdict() + ": " + injected.description() + ": " + found.why());
    }
    if (found.prediction() != null) {
      count[1]++;
      MeasuredBackward after = found.prediction().after();
      count[2] += SnapshotDiagnosis.of(after, Thresholds.DEFAULT).verdict().isHealthy() ? 1 : 0;
    }
  }

  /** A signal that is lost or explodes must come nearer to its size; a steady one must stay so. */
  private static boolean helps(MeasuredBackward before, Prescription found) {
    if (found.prediction() == null) {
      return found.isEmpty();
    }
    MeasuredBackward after = found.prediction().after();
    return signal(before) == Signal.STABLE
        ? signal(after) == Signal.STABLE
        : !Double.isFinite(before.output().loss()) || distance(after) < distance(before);
  }

  private static Signal signal(MeasuredBackward evidence) {
    return SnapshotDiagnosis.of(evidence, Thresholds.DEFAULT).verdict().signal();
  }

  private static double distance(MeasuredBackward evidence) {
    return Math.abs(evidence.endToEndLog10());
  }

  /** Networks whose prescription does not bring the signal nearer to its size. */
  List<String> harmful() {
    return harmful;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("prescribed for, and healthy with it:");
    counts.forEach(
        (cause, count) ->
            text.append(
                String.format("%n%-18s %d of %d, %d", cause, count[1], count[0], count[2])));
    return text.toString();
  }
}
