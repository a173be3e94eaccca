package org.unvanish.loss;

/**
 * For numbers: the mean of the sizes of the outputs' differences from the target, |o − y|. Where
 * there is no difference, its derivative counts as 0.
 *
 * @since 0.1
 */
public record MeanAbsoluteError() implements NumberLoss {

  @Override
  public String name() {
    return "mean absolute error";
  }

  @Override
  public double distance(double difference) {
    return Math.abs(difference);
  }

  @Override
  public double slope(double difference) {
    return Math.signum(difference);
  }

  /** The median. */
  @Override
  public double bestConstant(double[] targets) {
    int middle = targets.length / 2;
    return targets.length % 2 == 1
        ? targets[middle]
        : targets[middle - 1] + (targets[middle] - targets[middle - 1]) / 2;
  }
}
