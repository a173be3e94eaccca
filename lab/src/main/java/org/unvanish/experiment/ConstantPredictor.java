package org.unvanish.experiment;

import org.unvanish.data.ImageSet;

/**
 * The best answer to test data that looks at no sample: always the most frequent class, or always
 * the shares of the classes as probabilities. A network that does no better has learned nothing
 * that the labels alone do not say.
 *
 * @param accuracy share of the most frequent class, in (0, 1]
 * @param loss mean cross-entropy of the shares, in nats, at least 0: their entropy
 * @param samples of test data, at least 1
 */
public record ConstantPredictor(double accuracy, double loss, int samples) {

  /** Standard deviations that 95 % of a normal distribution lie within. */
  private static final double NORMAL_95 = 1.96;

  /** Of the test data's labels. */
  public static ConstantPredictor of(ImageSet test) {
    int[] counts = new int[1 << Byte.SIZE];
    for (int i = 0; i < test.count(); i++) {
      counts[test.label(i)]++;
    }
    double most = 0;
    double entropy = 0;
    for (int count : counts) {
      double share = (double) count / test.count();
      most = Math.max(most, share);
      entropy -= count == 0 ? 0 : share * StrictMath.log(share);
    }
    return new ConstantPredictor(most, Math.max(0, entropy), test.count());
  }

  /**
   * True for an accuracy that is higher by more than the luck of so few test samples: by 1.96
   * standard errors of a share.
   */
  public boolean isBeatenByAccuracy(double other) {
    return other > accuracy + NORMAL_95 * Math.sqrt(accuracy * (1 - accuracy) / samples);
  }

  /**
   * True for a loss that is lower by more than the luck of so few test samples: by 1.96² ÷ (2 ·
   * samples), which a likelihood ratio without meaning stays below 19 times out of 20.
   */
  public boolean isBeatenByLoss(double other) {
    return other < loss - NORMAL_95 * NORMAL_95 / (2 * samples);
  }
}
