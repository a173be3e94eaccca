package org.unvanish.diagnosis.measurement;

/**
 * A trained parameter tensor of a layer, as it stands when its gradient is measured.
 *
 * @param name as in the network: {@code conv1/weights}
 * @param size number of parameters
 * @param isWeights whether these are weights, not biases or scales
 * @param fanIn inputs that reach one output; of weights only it means something
 * @param rms root mean square of the parameters
 * @param mean of the parameters
 * @param change root mean square of the difference from the run's initial parameters; NaN where
 *     those are not known
 * @param penaltyLog10 decimal logarithm of the root mean square of the penalty's gradient; −∞ where
 *     no penalty acts
 * @param updateLog10 decimal logarithm of the update-to-weight ratio; NaN where steps were not seen
 */
public record StackTensor(
    String name,
    int size,
    boolean isWeights,
    double fanIn,
    double rms,
    double mean,
    double change,
    double penaltyLog10,
    double updateLog10) {}
