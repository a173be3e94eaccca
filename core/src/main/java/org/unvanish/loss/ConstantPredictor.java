package org.unvanish.loss;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The best prediction for some targets that does not look at the samples. A network that does no
 * better has learned nothing that the targets alone do not say.
 *
 * @param bars by the keys of a loss's scores, in their order
 * @since 0.1
 */
public record ConstantPredictor(Map<String, Bar> bars) {

  /** Standard deviations that 95 % of a normal distribution lie within. */
  private static final double NORMAL_95 = 1.96;

  static final double NORMAL_95_SQUARED = NORMAL_95 * NORMAL_95;

  /**
   * What there is to beat in one score.
   *
   * @param score what the constant predictor has
   * @param clear how good a score may still come by luck, with so few samples: what is better than
   *     this is clear of the constant predictor
   */
  public record Bar(double score, double clear) {

    /**
     * Of a mean of logarithms of probabilities. A loss is clear of it if it is lower by 1.96² ÷ (2
     * · samples), below which a likelihood ratio without meaning stays 19 times out of 20.
     */
    static Bar ofLikelihood(double loss, int samples) {
      return new Bar(loss, loss - NORMAL_95_SQUARED / (2 * samples));
    }

    /** Of a share of samples: clear of it is what is higher by 1.96 standard errors. */
    static Bar ofShare(double share, int samples) {
      return new Bar(share, share + NORMAL_95 * Math.sqrt(share * (1 - share) / samples));
    }

    /**
     * Of the mean of the shares of each class: that of guessing. Clear of it is what is higher by
     * 1.96 standard errors of guesses that say each class half of the time, which have the largest.
     *
     * @param counts how many samples each class has
     */
    static Bar ofBalancedAccuracy(int[] counts) {
      int[] present = Arrays.stream(counts).filter(count -> count > 0).toArray();
      double variance = 0;
      for (int count : present) {
        variance += 0.25 / count;
      }
      double guess = 1.0 / present.length;
      return new Bar(guess, Math.min(1, guess + NORMAL_95 * Math.sqrt(variance) / present.length));
    }

    /**
     * Of the area under a ROC curve: clear of ½ is what is higher by 1.96 standard deviations of
     * Mann and Whitney's statistic where ranks have no meaning. 1 where one class has no samples.
     *
     * @param counts how many samples each of both classes has
     */
    static Bar ofAuc(int[] counts) {
      double pairs = (double) counts[0] * counts[1];
      double deviation = Math.sqrt((counts[0] + counts[1] + 1) / (12 * pairs));
      return new Bar(0.5, Math.min(1, 0.5 + NORMAL_95 * deviation));
    }
  }

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
