package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/**
 * What may be prescribed, with what it does.
 *
 * @param l2 the tuning parameter r, or null
 * @param alpha a multiple of the present scale, or null
 * @param initial the initial weights, or null
 * @param other what else
 * @param prediction the network without the remedy and with it; null for no remedy
 */
record Remedy(
    @Nullable Double l2,
    @Nullable Double alpha,
    @Nullable PrescribedInitialization initial,
    List<OtherRemedy> other,
    @Nullable Prediction prediction) {

  static final Remedy NONE = new Remedy(null, null, null, List.of(), null);

  /** Copies the list. */
  Remedy {
    other = List.copyOf(other);
  }

  /** With other remedies in front. */
  Remedy after(List<OtherRemedy> first) {
    List<OtherRemedy> all = new ArrayList<>(first);
    all.addAll(other);
    return new Remedy(l2, alpha, initial, all, prediction);
  }

  /**
   * With the data scaled as well.
   *
   * @param before the network without any remedy
   * @param scaled the network with nothing but the data scaled
   */
  Remedy afterScaling(MeasuredBackward before, MeasuredBackward scaled) {
    List<OtherRemedy> all = new ArrayList<>(List.of(OtherRemedy.SCALE_INPUTS));
    all.addAll(other);
    Prediction both =
        prediction == null
            ? new Prediction(before, scaled, 1)
            : new Prediction(before, prediction.after(), prediction.shrunk());
    return new Remedy(l2, alpha, initial, all, both);
  }
}
