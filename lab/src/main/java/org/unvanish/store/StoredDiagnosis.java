package org.unvanish.store;

import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.Standing;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.examination.MomentJson;
import org.unvanish.examination.PrescriptionJson;

/**
 * What probing found of an arm with one seed.
 *
 * @param seed of initial values and shuffling
 * @param moments in the order of their steps, at least one
 * @param prescription if remedies were tried
 */
public record StoredDiagnosis(
    long seed, List<MomentJson> moments, Optional<PrescriptionJson> prescription) {

  /** Copies the list. */
  public StoredDiagnosis {
    moments = List.copyOf(moments);
  }

  /** The moment that decides, as in {@link org.unvanish.diagnosis.Diagnosis#decisive}. */
  public MomentJson decisive() {
    return moments.get(
        Standing.decisive(
            moments.stream().map(MomentJson::standing).toList(),
            Thresholds.DEFAULT.networkDecades()));
  }
}
