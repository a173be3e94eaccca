package org.unvanish;

import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;

/**
 * What was found of one layer at the snapshot that decides.
 *
 * @param name as in the network: {@code dense1}
 * @param verdict on the layer
 * @param evidence what was measured, with its units
 * @since 0.1
 */
public record LayerDiagnosis(String name, Verdict verdict, LayerEvidence evidence) {}
