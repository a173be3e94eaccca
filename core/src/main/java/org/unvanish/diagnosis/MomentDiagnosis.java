package org.unvanish.diagnosis;

import java.util.List;

/**
 * The verdicts at one moment.
 *
 * @param evidence what they rest on
 * @param verdict on the network
 * @param layers a verdict on each layer of the evidence, first to last
 */
public record MomentDiagnosis(MomentEvidence evidence, Verdict verdict, List<Verdict> layers) {

  /** Copies the list. */
  public MomentDiagnosis {
    layers = List.copyOf(layers);
  }

  /** Applies the rules to what was measured. */
  public static MomentDiagnosis of(MomentEvidence evidence, Thresholds thresholds) {
    Rules rules = new Rules(evidence, thresholds);
    return new MomentDiagnosis(evidence, rules.network(), rules.layers());
  }
}
