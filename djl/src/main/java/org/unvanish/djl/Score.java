package org.unvanish.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import java.util.Map;
import java.util.Objects;

/**
 * Loss and accuracy over batches.
 *
 * <p>There is an accuracy where predictions are [sample, class] and labels are one class number a
 * sample; elsewhere it is NaN.
 */
final class Score {

  private final Loss loss;
  private double losses;
  private double hits;
  private long samples;

  /**
   * @param loss the mean over a batch; a penalty is left out of it
   */
  Score(Loss loss) {
    this.loss = loss;
  }

  /** Adds a batch; returns its loss. */
  double add(BatchData batch) {
    double lossHere = 0;
    long samplesHere = 0;
    for (Map.Entry<Device, NDList> part : batch.getPredictions().entrySet()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDList predictions = part.getValue();
        NDList labels = Objects.requireNonNull(batch.getLabels().get(part.getKey()));
        long count = predictions.head().getShape().get(0);
        lossHere += count * scalar(value(labels, predictions));
        hits += hits(labels.head(), predictions.head());
        samplesHere += count;
      }
    }
    losses += lossHere;
    samples += samplesHere;
    return lossHere / samplesHere;
  }

  private NDArray value(NDList labels, NDList predictions) {
    return loss instanceof PenaltyLoss penalised
        ? penalised.dataLoss(labels, predictions)
        : loss.evaluate(labels, predictions);
  }

  private static double scalar(NDArray value) {
    // To convert it costs as much as to compute it.
    return value.getDataType() == DataType.FLOAT64 ? value.toDoubleArray()[0] : Values.of(value)[0];
  }

  /** Whether predictions are [sample, class] and labels one class number a sample. */
  static boolean isClassified(NDArray labels, NDArray predictions) {
    return predictions.getShape().dimension() == 2
        && predictions.getShape().get(1) >= 2
        && labels.getShape().size() == predictions.getShape().get(0);
  }

  private static double hits(NDArray labels, NDArray predictions) {
    if (!isClassified(labels, predictions)) {
      return Double.NaN;
    }
    float[] classes = Values.of(labels);
    float[] values = Values.of(predictions);
    int outputs = Math.toIntExact(predictions.getShape().get(1));
    int hits = 0;
    for (int i = 0; i < classes.length; i++) {
      hits += largest(values, i * outputs, outputs) == (int) classes[i] ? 1 : 0;
    }
    return hits;
  }

  /** Here and not by DJL: two calls instead of eight, each of which costs more than this loop. */
  static int largest(float[] values, int from, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** The mean loss; NaN without samples. */
  double loss() {
    return samples == 0 ? Double.NaN : losses / samples;
  }

  /** The share of samples that are classified rightly; NaN without samples. */
  double accuracy() {
    return samples == 0 ? Double.NaN : hits / samples;
  }

  /** How many samples were added. */
  int samples() {
    return (int) Math.min(samples, Integer.MAX_VALUE);
  }

  /** Begins again. */
  void clear() {
    losses = 0;
    hits = 0;
    samples = 0;
  }
}
