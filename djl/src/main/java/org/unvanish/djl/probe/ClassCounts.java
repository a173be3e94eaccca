package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import org.unvanish.djl.model.BatchScores;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.loss.ClassShares;

/** How often each class is the label, and is predicted. */
final class ClassCounts {

  private final TreeMap<Integer, Integer> labelled = new TreeMap<>();
  private final TreeMap<Integer, Integer> predicted = new TreeMap<>();

  /** Adds a batch, if it has classes in the sense of {@link BatchScores}. */
  void add(NDArray labels, NDArray predictions) {
    if (!BatchScores.isClassified(labels, predictions)) {
      return;
    }
    float[] values = FloatArrays.of(predictions);
    int outputs = Math.toIntExact(predictions.getShape().get(1));
    float[] classes = FloatArrays.of(labels);
    for (int i = 0; i < classes.length; i++) {
      labelled.merge((int) classes[i], 1, Integer::sum);
      predicted.merge(BatchScores.largest(values, i * outputs, outputs), 1, Integer::sum);
    }
  }

  /** The least cross-entropy of a constant predictor; NaN without classes. */
  double entropy() {
    return ClassShares.entropy(counts(labelled));
  }

  /** The share of the most frequent label; NaN without classes. */
  double largestShare() {
    return ClassShares.largestShare(counts(labelled));
  }

  /** The share of the class that is predicted most often; NaN without classes. */
  double predictedShare() {
    return ClassShares.largestShare(counts(predicted));
  }

  private static int[] counts(Map<Integer, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).toArray();
  }
}
