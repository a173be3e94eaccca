package org.unvanish.diagnosis.evidence;

/**
 * A network's output at one snapshot, over the window, beside what a constant predictor reaches:
 * one that knows how often each class occurs in the window, and nothing of the samples. NaN stands
 * for what is not known, as for the accuracy of a network that does not classify.
 *
 * @param loss mean cross-entropy
 * @param accuracy in [0, 1]
 * @param outputErrorRms root mean square of the output error, the gradient of a sample's loss with
 *     respect to its logits: probability less 0 or 1. There the backward pass starts, and with it r
 *     has to scale (Ven &amp; Lederer 2021, theorem 1)
 * @param logitsRms root mean square of the logits
 * @param constantLoss the least loss of a constant predictor: the entropy of the classes' shares, 0
 *     if there is one class only
 * @param constantAccuracy the most accuracy of a constant predictor: the largest class's share
 * @param predictedShare largest share of samples that are predicted to be one and the same class; 1
 *     where all are
 * @since 0.1
 */
public record OutputEvidence(
    double loss,
    double accuracy,
    double outputErrorRms,
    double logitsRms,
    double constantLoss,
    double constantAccuracy,
    double predictedShare) {}
