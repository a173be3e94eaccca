package org.unvanish.train;

/**
 * How a network does on the test data.
 *
 * @param loss mean cross-entropy
 * @param accuracy in [0, 1]
 */
public record TestScore(double loss, double accuracy) {}
