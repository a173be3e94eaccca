package org.unvanish.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a network did on some samples: a value for each {@link Score}.
 *
 * @param values by the scores' keys, in the order of the loss that reports them
 * @since 0.1
 */
public record Scores(Map<String, Double> values) {

  /** Copies the map, in its order. */
  public Scores {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The means of sums.
   *
   * @param scores what was summed up
   * @param sums over the samples, one for each score
   * @param samples how many there are
   */
  public static Scores means(List<Score> scores, double[] sums, long samples) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      means.put(scores.get(i).key(), sums[i] / samples);
    }
    return new Scores(means);
  }

  /**
   * Those of a classification.
   *
   * @param loss the mean loss
   * @param accuracy in [0, 1]
   */
  public static Scores ofClasses(double loss, double accuracy) {
    return means(new SoftmaxCrossEntropy().scores(), new double[] {loss, accuracy}, 1);
  }

  /** The value of a score; NaN where it is not reported. */
  public double of(Score score) {
    return of(score.key());
  }

  /** The mean loss. */
  public double loss() {
    return of(Score.LOSS);
  }

  /** The share of correct predictions; NaN where there are no classes. */
  public double accuracy() {
    return of(Score.ACCURACY);
  }

  private double of(String key) {
    return values.getOrDefault(key, Double.NaN);
  }
}
