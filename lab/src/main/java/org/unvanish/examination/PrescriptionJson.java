package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;

/**
 * The {@code prescription} of {@code diagnosis.schema.json}.
 *
 * @param l2 the regularization strength r, or null
 * @param alpha the scale, as a multiple of the present one, or null
 * @param initial the label of {@link PrescribedInitialization}, or null
 * @param other labels of {@link OtherRemedy}
 * @param factors in front of the layers with weights, first to last; null in what earlier versions
 *     have kept
 * @param why in words
 * @param cause the label of the network's cause where a trial or the data has shown another one
 *     than the decisive snapshot has; else null, as in what earlier versions have kept
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PrescriptionJson(
    @Nullable Double l2,
    @Nullable Double alpha,
    @Nullable String initial,
    List<String> other,
    @Nullable List<Double> factors,
    String why,
    @Nullable String cause) {

  /** Copies the lists. */
  public PrescriptionJson {
    other = List.copyOf(other);
    factors = factors == null ? null : List.copyOf(factors);
  }

  /** Of what was prescribed for an examined network. */
  public static PrescriptionJson of(Examined found) {
    Prescription prescription = found.prescription();
    PrescribedInitialization initial = prescription.initial();
    Cause cause = found.verdict().cause();
    return new PrescriptionJson(
        prescription.l2(),
        prescription.alpha(),
        initial == null ? null : initial.label(),
        prescription.other().stream().map(OtherRemedy::label).toList(),
        prescription.factors(),
        prescription.why(),
        cause == found.diagnosis().verdict().cause() ? null : cause.label());
  }
}
