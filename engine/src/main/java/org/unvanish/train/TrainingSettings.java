package org.unvanish.train;

import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;

/**
 * Everything that decides a run, apart from its network, its data and its seed.
 *
 * @param loss what is lowered
 * @param optimizer how parameters follow the gradient
 * @param schedule how its learning rate changes along the run
 * @param clipping how the gradient is limited before the optimizer's step
 * @param penalty what is added to the loss
 * @param weights where weights start; a file gives all parameters
 * @param recurrent where recurrent weights start; the same as weights where nothing else is said
 * @param biases where biases start
 * @param pixelScaling how inputs are scaled: pixels, columns of a table or features of sequences
 * @param batchSize samples a step, at least 1
 * @param epochs passes over the training data, at least 1
 * @param recorded in which steps gradients are recorded, on which no parameter depends
 * @since 0.1
 */
public record TrainingSettings(
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    Clipping clipping,
    Penalty penalty,
    Initialization weights,
    Initialization recurrent,
    Initialization biases,
    PixelScaling pixelScaling,
    int batchSize,
    int epochs,
    RecordedSteps recorded) {

  /**
   * What a user gets who says nothing: softmax cross-entropy, as labels are what most data have;
   * Adam as its authors recommend it, without schedule or clipping; no penalty; Glorot's initial
   * weights, which keep the signal of tanh networks, and biases of 0; pixels and columns in [0, 1];
   * Keras's batches of 32; ten epochs, enough to see whether a network learns; gradients of every
   * step, or of as many as cost next to no time.
   */
  public static final TrainingSettings DEFAULT =
      new TrainingSettings(
          Optimizer.Adam.DEFAULT,
          Penalty.none(),
          new Initialization.Glorot(),
          new Initialization.Zeros(),
          PixelScaling.UNIT,
          32,
          10);

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
   * Settings whose loss is softmax cross-entropy, without schedule or clipping. Recurrent weights
   * start as all others, and which steps are recorded follows from the cost.
   *
   * @throws IllegalArgumentException if batch size or epochs are below 1
   */
  public TrainingSettings(
      Optimizer optimizer,
      Penalty penalty,
      Initialization weights,
      Initialization biases,
      PixelScaling pixelScaling,
      int batchSize,
      int epochs) {
    this(
        new SoftmaxCrossEntropy(),
        optimizer,
        Schedule.CONSTANT,
        Clipping.none(),
        penalty,
        weights,
        biases,
        pixelScaling,
        batchSize,
        epochs);
  }

  /**
   * Settings whose recurrent weights start as all others. Which steps are recorded follows from the
   * cost.
   *
   * @throws IllegalArgumentException if batch size or epochs are below 1
   */
  public TrainingSettings(
      Loss loss,
      Optimizer optimizer,
      Schedule schedule,
      Clipping clipping,
      Penalty penalty,
      Initialization weights,
      Initialization biases,
      PixelScaling pixelScaling,
      int batchSize,
      int epochs) {
    this(
        loss,
        optimizer,
        schedule,
        clipping,
        penalty,
        weights,
        weights,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        RecordedSteps.AUTOMATIC);
  }

  /**
   * The same with the loss as it is computed on the targets of some data: see {@link Loss#on}.
   *
   * @throws IllegalArgumentException if it cannot be computed on them
   */
  public TrainingSettings on(Dataset data) {
    return withLoss(loss.on(data.train().targets().kind(), data.targetWidth(), data.name()));
  }

  /**
   * The targets of some samples as they are learnt: those that are the samples themselves are
   * scaled as the inputs are.
   *
   * @param training the training samples
   */
  public Targets targets(ImageSet samples, ImageSet training) {
    return samples.targets() instanceof Targets.Inputs inputs
        ? inputs.scaled(pixelScaling.fit(training))
        : samples.targets();
  }

  /**
   * Steps in a pass over the training data; the last batch may be smaller.
   *
   * @param samples for training, at least 1
   */
  public int stepsPerEpoch(int samples) {
    return (samples - 1) / batchSize + 1;
  }

  /** The same with another loss. */
  public TrainingSettings withLoss(Loss other) {
    return new TrainingSettings(
        other,
        optimizer,
        schedule,
        clipping,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /**
   * The same with another number of epochs, on which nothing else depends.
   *
   * @throws IllegalArgumentException if they are below 1
   */
  public TrainingSettings withEpochs(int other) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        clipping,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        other,
        recorded);
  }

  /**
   * The same with another batch size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainingSettings withBatchSize(int other) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        clipping,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        other,
        epochs,
        recorded);
  }

  /** The same with another optimizer. */
  public TrainingSettings withOptimizer(Optimizer other) {
    return new TrainingSettings(
        loss,
        other,
        schedule,
        clipping,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /** The same with another schedule of the learning rate. */
  public TrainingSettings withSchedule(Schedule other) {
    return new TrainingSettings(
        loss,
        optimizer,
        other,
        clipping,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /** The same with another limit of the gradient. */
  public TrainingSettings withClipping(Clipping other) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        other,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /** The same with another penalty. */
  public TrainingSettings withPenalty(Penalty other) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        clipping,
        other,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /**
   * The same from other initial weights; recurrent ones too, where they start as all others did.
   */
  public TrainingSettings withInitialValues(Initialization ofWeights, Initialization ofBiases) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        clipping,
        penalty,
        ofWeights,
        recurrent.equals(weights) ? ofWeights : recurrent,
        ofBiases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /** The same from other initial recurrent weights. */
  public TrainingSettings withRecurrent(Initialization other) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        clipping,
        penalty,
        weights,
        other,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        recorded);
  }

  /** The same with another scaling of the data. */
  public TrainingSettings withPixelScaling(PixelScaling other) {
    return new TrainingSettings(
        loss, optimizer, schedule, clipping, penalty, weights, recurrent, biases, other, batchSize,
        epochs, recorded);
  }

  /** The same with gradients recorded in other steps. */
  public TrainingSettings withRecorded(RecordedSteps other) {
    return new TrainingSettings(
        loss,
        optimizer,
        schedule,
        clipping,
        penalty,
        weights,
        recurrent,
        biases,
        pixelScaling,
        batchSize,
        epochs,
        other);
  }
}
