package org.unvanish.diagnosis.evidence;

/**
 * One of the steps that a layer of the diagnosis is made of: what it alone does to the gradient.
 *
 * @param name as in the network: {@code conv1}, {@code tanh}, {@code batch-norm}
 * @param role what it is
 * @param log10 its factor, the ratio of the gradient's root mean squares after and before, as
 *     log₁₀; 0 of the first layer's weights, for there the backward pass ends
 * @since 0.1
 */
public record StepEvidence(String name, StepRole role, double log10) {}
