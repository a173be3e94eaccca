package org.unvanish.diagnosis;

import java.util.List;

/**
 * What is the matter with a network along its training.
 *
 * @param moments in the order of their steps, at least one
 */
public record Diagnosis(List<MomentDiagnosis> moments) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no moment
   */
  public Diagnosis {
    moments = List.copyOf(moments);
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("a diagnosis needs at least one moment");
    }
  }

  /** Applies the rules to each moment. */
  public static Diagnosis of(List<MomentEvidence> moments, Thresholds thresholds) {
    return new Diagnosis(
        moments.stream().map(moment -> MomentDiagnosis.of(moment, thresholds)).toList());
  }

  /**
   * The moment that decides: the first at which something is the matter, because it is what
   * training meets first; the first of all if nothing ever is.
   */
  public MomentDiagnosis decisive() {
    return moments.stream()
        .filter(moment -> !moment.verdict().isHealthy())
        .findFirst()
        .orElse(moments.get(0));
  }

  /** The verdict at the decisive moment. */
  public Verdict verdict() {
    return decisive().verdict();
  }
}
