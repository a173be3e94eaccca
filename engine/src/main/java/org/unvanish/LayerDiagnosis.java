package org.unvanish;

import java.util.Optional;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.forecast.LayerForecast;

/**
 * What was found of one layer at the snapshot that decides.
 *
 * @param name as in the network: {@code dense1}
 * @param verdict on the layer
 * @param evidence what was measured, with its units
 * @param forecast what theory says of it: at the initial weights only, and where it speaks of all
 *     layers of the network
 * @since 0.1
 */
public record LayerDiagnosis(
    String name, Verdict verdict, LayerEvidence evidence, Optional<LayerForecast> forecast) {}
