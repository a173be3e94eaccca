package org.unvanish.loss;

import java.util.Optional;

/**
 * For numbers: the mean over the outputs of ½·d² for differences d up to δ, and of δ·(|d| − ½·δ)
 * beyond, so that a few far targets pull no more strongly than at δ. With a large δ it is half of
 * the {@link MeanSquaredError}.
 *
 * <p>Source: Huber, Robust estimation of a location parameter (1964); as PyTorch's {@code
 * HuberLoss}.
 *
 * @param delta δ, above 0 and finite
 * @since 0.1
 */
public record Huber(double delta) implements NumberLoss {

  /** The δ of those who name none: for targets that are scaled to a size of about 1. */
  public static final double DEFAULT_DELTA = 1;

  /**
   * @throws IllegalArgumentException if δ is not above 0
   */
  public Huber {
    if (!(delta > 0 && Double.isFinite(delta))) {
      throw new IllegalArgumentException("delta must be above 0, but is " + delta);
    }
  }

  /** With {@value #DEFAULT_DELTA} as δ. */
  public Huber() {
    this(DEFAULT_DELTA);
  }

  @Override
  public String name() {
    return "Huber loss";
  }

  @Override
  public double distance(double difference) {
    double size = Math.abs(difference);
    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
  }

  @Override
  public double slope(double difference) {
    return Math.max(-delta, Math.min(difference, delta));
  }

  /** Where the slopes cancel, by bisection down to neighbouring numbers. */
  @Override
  public double bestConstant(double[] targets) {
    double low = targets[0];
    double high = targets[targets.length - 1];
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return low;
      }
      double sum = 0;
      for (double target : targets) {
        sum += slope(middle - target);
      }
      if (sum < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  @Override
  public Optional<String> definition() {
    return Optional.of(name() + ", delta " + delta);
  }
}
