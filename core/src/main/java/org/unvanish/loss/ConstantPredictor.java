package org.unvanish.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The best answer to some targets that looks at no sample. A network that does no better has
 * learned nothing that the targets alone do not say.
 *
 * @param bars by the keys of a loss's scores, in their order
 */
public record ConstantPredictor(Map<String, Bar> bars) {

  /**
   * What there is to beat in one score.
   *
   * @param score what the constant predictor has
   * @param clear how good a score may still come by luck, with so few samples: what is better than
   *     this is clear of the constant predictor
   */
  public record Bar(double score, double clear) {}

  /** Copies the map, in its order. */
  public ConstantPredictor {
    bars = Collections.unmodifiableMap(new LinkedHashMap<>(bars));
  }

  /** Its own scores. */
  public Scores scores() {
    Map<String, Double> scores = new LinkedHashMap<>();
    bars.forEach((key, bar) -> scores.put(key, bar.score()));
    return new Scores(scores);
  }

  /** True for a value that is better by more than luck. */
  public boolean isBeaten(Score score, double value) {
    return score.isBetter(value, bar(score).clear());
  }

  private Bar bar(Score score) {
    return bars.getOrDefault(score.key(), new Bar(Double.NaN, Double.NaN));
  }
}
