package org.unvanish.diagnosis;

/**
 * A network's output at one moment, over the window.
 *
 * @param loss mean cross-entropy
 * @param accuracy in [0, 1]
 * @param residualRms root mean square of the gradient of a sample's loss by its logits, probability
 *     less 0 or 1: where the signal starts, and what r has to scale with (Ven &amp; Lederer 2021,
 *     theorem 1)
 * @param logitsRms root mean square of the logits
 */
public record OutputEvidence(double loss, double accuracy, double residualRms, double logitsRms) {}
