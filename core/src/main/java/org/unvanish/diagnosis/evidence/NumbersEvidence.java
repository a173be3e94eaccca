package org.unvanish.diagnosis.evidence;

import org.unvanish.loss.Score;

/**
 * Targets that are numbers, as the loss sees them over the window, beside the network's outputs.
 *
 * @param targetRms root mean square of all targets
 * @param targetSpread root mean square of the targets' differences from their mean, which each
 *     output has for itself
 * @param outputSpread the same of the network's outputs: 0 where it says the same of all samples
 * @param outsideShare share of the targets that lie outside the range of the last activation
 * @param unreachable what of the targets' mean square about their mean no output can reach because
 *     of that; infinite where all targets are the same
 * @param asymptoteShare share of the targets that lie at a value to which the last activation comes
 *     only with infinite pre-activations, as ±1 of tanh
 * @param leastLoss the loss where every output is its target: 0 of a squared error
 * @param score the headline of the loss
 * @param value what the network has of that
 * @param constantValue what a constant predictor has of it
 * @since 0.1
 */
public record NumbersEvidence(
    double targetRms,
    double targetSpread,
    double outputSpread,
    double outsideShare,
    double unreachable,
    double asymptoteShare,
    double leastLoss,
    Score score,
    double value,
    double constantValue) {

  /**
   * How much the outputs vary from sample to sample, as a multiple of how much the targets do; NaN
   * where these are all the same.
   */
  public double relativeSpread() {
    return targetSpread > 0 ? outputSpread / targetSpread : Double.NaN;
  }
}
