package org.unvanish.diagnosis.evidence;

/**
 * One parameter tensor at one snapshot.
 *
 * @param name as in the network: {@code conv1/weights}
 * @param size number of parameters
 * @param rms root mean square of the parameters
 * @param mean of the parameters: beside the root mean square it tells whether they are one-sided
 * @param gradientLog10 decimal logarithm of the root mean square, over all coordinates, of the data
 *     gradient of a mini-batch's mean loss, typical of the window as in {@link LayerEvidence}; −∞
 *     for a zero gradient. This is what stands beside Adam's ε
 * @param change root mean square of the difference from the run's initial parameters: 0 at step 0;
 *     NaN where those are not known, as in the models of others
 * @param penaltyLog10 as gradientLog10, of the penalty's gradient: −∞ where no penalty acts
 * @param updateLog10 the update-to-weight ratio: decimal logarithm of the root mean square of a
 *     step's change, over the last steps before the snapshot, ÷ that of the parameters; −∞ where
 *     they stand still, NaN at step 0 and where the steps were not seen
 * @since 0.1
 */
public record TensorEvidence(
    String name,
    int size,
    double rms,
    double mean,
    double gradientLog10,
    double change,
    double penaltyLog10,
    double updateLog10) {

  /** How one-sided the parameters are: |mean| ÷ root mean square, 1 where all are the same. */
  public double oneSidedness() {
    return rms > 0 ? Math.abs(mean) / rms : 0;
  }
}
