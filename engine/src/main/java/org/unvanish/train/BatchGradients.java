package org.unvanish.train;

/**
 * What an {@link ComputeBackend} finds for one batch. The arrays are its own.
 *
 * @param loss the sum of the samples' cross-entropies, without the penalty
 * @param hits samples whose label's output is the largest, of equal ones the first
 * @param data the gradient of the mean cross-entropy, in the network's order
 * @param penalty the gradient of the penalty; all 0 if there is none
 * @param total their sum
 */
// Arrays, not lists, as in TrainingStep.
@SuppressWarnings("ArrayRecordComponent")
public record BatchGradients(double loss, int hits, float[] data, float[] penalty, float[] total) {}
