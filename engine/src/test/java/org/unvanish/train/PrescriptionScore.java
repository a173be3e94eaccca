package org.unvanish.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.diagnosis.MomentEvidence;
import org.unvanish.diagnosis.Prescription;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;

/** What is prescribed for networks with an injected cause, and whether it would help. */
final class PrescriptionScore {

  private final Map<Cause, int[]> counts = new EnumMap<>(Cause.class);
  private final List<String> harmful = new ArrayList<>();

  void add(SignalProbe probe, MomentDiagnosis diagnosis, InjectedCase injected) {
    MomentEvidence before = diagnosis.evidence();
    Prescription found =
        new Prescriber(probe, Thresholds.DEFAULT)
            .prescribe(List.of(new ProbedMoment(before, injected.parameters())));
    int[] count = counts.computeIfAbsent(injected.truth(), cause -> new int[3]);
    count[0]++;
    if (diagnosis.verdict().isHealthy() ? !found.isEmpty() : !helps(before, found)) {
      harmful.add(diagnosis.verdict() + ": " + injected.description() + ": " + found.why());
    }
    if (found.prediction() != null) {
      count[1]++;
      MomentEvidence after = found.prediction().after();
      count[2] += MomentDiagnosis.of(after, Thresholds.DEFAULT).verdict().isHealthy() ? 1 : 0;
    }
  }

  /** A signal that is lost or explodes must come nearer to its size; a steady one must stay so. */
  private static boolean helps(MomentEvidence before, Prescription found) {
    if (found.prediction() == null) {
      return found.isEmpty();
    }
    MomentEvidence after = found.prediction().after();
    return signal(before) == Signal.STEADY
        ? signal(after) == Signal.STEADY
        : !Double.isFinite(before.output().loss()) || distance(after) < distance(before);
  }

  private static Signal signal(MomentEvidence evidence) {
    return MomentDiagnosis.of(evidence, Thresholds.DEFAULT).verdict().signal();
  }

  private static double distance(MomentEvidence evidence) {
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
