package org.unvanish.diagnosis;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * What is the matter with a network along its training.
 *
 * @param moments in the order of their steps, at least one
 * @param tolerance orders of magnitude by which a snapshot must be further from a steady signal
 *     than another one to be the worse: {@link Thresholds#networkLog10}
 * @since 0.1
 */
public record Diagnosis(List<SnapshotDiagnosis> moments, double tolerance) {

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

  /** With the default tolerance. */
  public Diagnosis(List<SnapshotDiagnosis> moments) {
    this(moments, Thresholds.DEFAULT.networkLog10());
  }

  /**
   * Applies the rules to each snapshot of a training.
   *
   * @param moments in the order of their steps, at least one; if the first is of step 0, the others
   *     are compared with it
   * @throws IllegalArgumentException if there is no moment
   */
  public static Diagnosis of(List<MeasuredBackward> moments, Thresholds thresholds) {
    boolean known = !moments.isEmpty() && moments.get(0).step() == 0;
    return of(moments, known ? moments.get(0) : null, thresholds);
  }

  /**
   * Applies the rules to each snapshot of a training.
   *
   * @param moments in the order of their steps, at least one
   * @param initial what was measured at its initial weights; null if that is not known
   * @throws IllegalArgumentException if there is no moment
   */
  public static Diagnosis of(
      List<MeasuredBackward> moments, @Nullable MeasuredBackward initial, Thresholds thresholds) {
    return new Diagnosis(
        moments.stream().map(moment -> SnapshotDiagnosis.of(moment, initial, thresholds)).toList(),
        thresholds.networkLog10());
  }

  /** The moment that decides, by the rules of {@link Standing#decisive}. */
  public SnapshotDiagnosis decisive() {
    return moments.get(Standing.decisive(standings(), tolerance));
  }

  /** The moments at which something is wrong that no later one has overcome. */
  public List<SnapshotDiagnosis> standing() {
    List<Standing> all = standings();
    return IntStream.range(0, moments.size())
        .filter(i -> Standing.stands(all, i))
        .mapToObj(moments::get)
        .toList();
  }

  /** The verdict at the decisive moment. */
  public Verdict verdict() {
    return decisive().verdict();
  }

  private List<Standing> standings() {
    return moments.stream().map(SnapshotDiagnosis::standing).toList();
  }
}
