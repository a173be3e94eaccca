package org.unvanish.diagnosis;

/**
 * One parameter tensor at one moment.
 *
 * @param name as in the network: {@code conv1/weights}
 * @param size number of parameters
 * @param rms root mean square of the parameters
 * @param gradientLog10 decimal logarithm of the root mean square, over all coordinates, of the data
 *     gradient of a mini-batch's mean loss, typical of the window as in {@link LayerEvidence}; −∞
 *     for a zero gradient. This is what stands beside Adam's ε
 */
public record TensorEvidence(String name, int size, double rms, double gradientLog10) {}
