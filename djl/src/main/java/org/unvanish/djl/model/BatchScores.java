package org.unvanish.djl.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.listener.TrainingListener.BatchData;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Loss and accuracy over batches.
 *
 * <p>There is an accuracy where predictions are [sample, class] and labels are one class number a
 * sample; elsewhere it is NaN.
 */
public final class BatchScores {

  private final BiFunction<NDList, NDList, NDArray> loss;
  private double losses;
  private double correct;
  private long samples;

  /**
   * @param loss the mean over a batch, without a penalty, of labels and predictions
   */
  public BatchScores(BiFunction<NDList, NDList, NDArray> loss) {
    this.loss = loss;
  }

  /** Adds a batch; returns its loss. */
  public double add(BatchData batch) {
    double lossHere = 0;
    long samplesHere = 0;
    for (Map.Entry<Device, NDList> part : batch.getPredictions().entrySet()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDList predictions = part.getValue();
        NDList labels = Objects.requireNonNull(batch.getLabels().get(part.getKey()));
        long count = predictions.head().getShape().get(0);
        lossHere += count * scalar(loss.apply(labels, predictions));
        correct += correct(labels.head(), predictions.head());
        samplesHere += count;
      }
    }
    losses += lossHere;
    samples += samplesHere;
    return lossHere / samplesHere;
  }

  private static double scalar(NDArray value) {
    // To convert it costs as much as to compute it.
    return value.getDataType() == DataType.FLOAT64
        ? value.toDoubleArray()[0]
        : FloatArrays.of(value)[0];
  }

  /** Whether predictions are [sample, class] and labels one class number a sample. */
  public static boolean isClassified(NDArray labels, NDArray predictions) {
    return predictions.getShape().dimension() == 2
        && predictions.getShape().get(1) >= 2
        && labels.getShape().size() == predictions.getShape().get(0);
  }

  private static double correct(NDArray labels, NDArray predictions) {
    if (!isClassified(labels, predictions)) {
      return Double.NaN;
    }
    float[] classes = FloatArrays.of(labels);
    float[] values = FloatArrays.of(predictions);
    int outputs = Math.toIntExact(predictions.getShape().get(1));
    int correct = 0;
    for (int i = 0; i < classes.length; i++) {
      correct += largest(values, i * outputs, outputs) == (int) classes[i] ? 1 : 0;
    }
    return correct;
  }

  /** Here and not by DJL: two calls instead of eight, each of which costs more than this loop. */
  public static int largest(float[] values, int from, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** The mean loss; NaN without samples. */
  public double loss() {
    return samples == 0 ? Double.NaN : losses / samples;
  }

  /** The share of samples that are classified rightly; NaN without samples. */
  public double accuracy() {
    return samples == 0 ? Double.NaN : correct / samples;
  }

  /** How many samples were added. */
  public int samples() {
    return (int) Math.min(samples, Integer.MAX_VALUE);
  }

  /** Begins again. */
  public void clear() {
    losses = 0;
    correct = 0;
    samples = 0;
  }
}
