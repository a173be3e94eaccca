package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/**
 * What may be prescribed, with what it does.
 *
 * @param change what is changed; nothing for no remedy
 * @param prediction the network without the remedy and with it; null for no remedy
 */
record Remedy(Change change, @Nullable Prediction prediction) {

  static final Remedy NONE = new Remedy(Change.NONE, null);

  /** With other remedies in front. */
  Remedy after(List<OtherRemedy> first) {
    return new Remedy(with(first), prediction);
  }

  private Change with(List<OtherRemedy> first) {
    List<OtherRemedy> all = new ArrayList<>(first);
    all.addAll(change.other());
    return new Change(change.l2(), change.alpha(), change.initial(), all, change.factors());
  }

  /**
   * With the data scaled as well.
   *
   * @param before the network without any remedy
   * @param scaled the network with nothing but the data scaled
   */
  Remedy afterScaling(MeasuredBackward before, MeasuredBackward scaled) {
    Prediction both =
        prediction == null
            ? new Prediction(before, scaled, 1)
            : new Prediction(before, prediction.after(), prediction.shrunk());
    return new Remedy(with(List.of(OtherRemedy.SCALE_INPUTS)), both);
  }
}
