package org.unvanish.train;

import org.unvanish.data.PixelScaling;
import org.unvanish.penalty.Penalty;

/**
 * All that decides a run beside its network, its data and its seed.
 *
 * @param optimizer how parameters follow the gradient
 * @param penalty what is added to the loss
 * @param weights where weights start
 * @param biases where biases start
 * @param pixelScaling how bytes become numbers
 * @param batchSize samples a step, at least 1
 * @param epochs passes over the training data, at least 1
 */
public record TrainingSettings(
    Optimizer optimizer,
    Penalty penalty,
    InitialValues weights,
    InitialValues biases,
    PixelScaling pixelScaling,
    int batchSize,
    int epochs) {
  /**
   * @throws IllegalArgumentException if batch size or epochs are below 1
   */
  public TrainingSettings {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, but is " + batchSize);
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, but are " + epochs);
    }
  }

  /**
   * The same with another batch size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainingSettings withBatchSize(int other) {
    return new TrainingSettings(optimizer, penalty, weights, biases, pixelScaling, other, epochs);
  }

  /**
   * The same with another number of epochs, on which nothing else depends.
   *
   * @throws IllegalArgumentException if they are below 1
   */
  public TrainingSettings withEpochs(int other) {
    return new TrainingSettings(
        optimizer, penalty, weights, biases, pixelScaling, batchSize, other);
  }
}
