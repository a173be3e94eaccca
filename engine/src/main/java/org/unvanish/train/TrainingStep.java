package org.unvanish.train;

import java.util.List;
import org.unvanish.network.ParameterTensor;

/**
 * One step of a run, seen from inside. The arrays are the run's own: read them during the call, do
 * not change or keep them.
 *
 * @param epoch from 1
 * @param step within the epoch, from 1
 * @param stepsPerEpoch how many there are
 * @param loss mean loss of the batch, without the penalty
 * @param tensors the slices of the arrays
 * @param parameters before the step
 * @param dataGradient of the mean loss
 * @param totalGradient data gradient plus penalty gradient
 */
// Arrays, not lists: an observer sees every step, and a copy of each would cost more than the step.
@SuppressWarnings("ArrayRecordComponent")
public record TrainingStep(
    int epoch,
    int step,
    int stepsPerEpoch,
    double loss,
    List<ParameterTensor> tensors,
    float[] parameters,
    float[] dataGradient,
    float[] totalGradient) {}
