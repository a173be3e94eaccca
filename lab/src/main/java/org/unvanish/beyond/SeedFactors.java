package org.unvanish.beyond;

import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * What the initial weights of one seed do to the gradient from the last layer to the first, as
 * log₁₀: −1 is a tenth.
 *
 * @param seed of the initial weights and of the samples
 * @param activationLog10 what f′ does, in root mean square
 * @param weightsLog10 what all else does, in root mean square
 * @param rmsLog10 both
 * @param typicalLog10 of the seed's typical sample
 */
public record SeedFactors(
    long seed, double activationLog10, double weightsLog10, double rmsLog10, double typicalLog10) {

  static SeedFactors of(long seed, MeasuredBackward measured) {
    return new SeedFactors(
        seed,
        measured.activationLog10(),
        measured.weightsLog10(),
        measured.endToEndLog10(),
        measured.typicalLog10());
  }
}
