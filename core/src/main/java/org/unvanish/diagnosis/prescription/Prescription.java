package org.unvanish.diagnosis.prescription;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.SnapshotDiagnosis;

/**
 * What to do about a diagnosis.
 *
 * @param l2 the regularization strength r of the ℓ₂ penalty (the paper: tuning parameter), or null
 * @param alpha the scale α of the activation functions, as a multiple of the present one, or null
 * @param initial the initialization, or null
 * @param other what else
 * @param why in words
 * @param prediction what it does to the signal; null where nothing is prescribed, or something that
 *     only training can show
 */
public record Prescription(
    @Nullable Double l2,
    @Nullable Double alpha,
    @Nullable PrescribedInitialization initial,
    List<OtherRemedy> other,
    String why,
    @Nullable Prediction prediction) {

  /** Copies the list. */
  public Prescription {
    other = List.copyOf(other);
  }

  /**
   * A prescription in the words of a colleague.
   *
   * @param decisive the snapshot that decides
   * @param rest the same snapshot with the data scaled, if scaling is prescribed: what is wrong
   *     there is for the other remedies to mend; else the decisive snapshot itself
   */
  public static Prescription of(
      SnapshotDiagnosis decisive,
      SnapshotDiagnosis rest,
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable PrescribedInitialization initial,
      List<OtherRemedy> other,
      @Nullable Prediction prediction) {
    String why = new DiagnosisWords(decisive, rest).why(l2, alpha, initial, other, prediction);
    return new Prescription(l2, alpha, initial, other, why, prediction);
  }

  /** What is prescribed, without words and prediction. */
  public Change change() {
    return new Change(l2, alpha, initial, other);
  }

  /** True where there is nothing to do, or nothing that helps. */
  public boolean isEmpty() {
    return l2 == null && alpha == null && initial == null && other.isEmpty();
  }
}
