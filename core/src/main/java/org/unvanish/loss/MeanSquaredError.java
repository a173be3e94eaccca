package org.unvanish.loss;

import java.util.Arrays;

/**
 * For numbers: the mean of the squared differences of the outputs from the target, (o − y)².
 *
 * <p>Without a factor of ½, as in PyTorch, Keras and the paper, whose least-squares loss of one
 * output is h(y − g) = (y − g)² (Ven &amp; Lederer 2021, section 2.1): the gradient of one output
 * is 2·(o − y). A program that halves the squares has half the gradients, and the same minimum.
 *
 * @since 0.1
 */
public record MeanSquaredError() implements NumberLoss {

  @Override
  public String name() {
    return "mean squared error";
  }

  @Override
  public double distance(double difference) {
    return difference * difference;
  }

  @Override
  public double slope(double difference) {
    return 2 * difference;
  }

  /** The mean. */
  @Override
  public double bestConstant(double[] targets) {
    // From the first one on, so that targets that are all the same have exactly that mean.
    double first = targets[0];
    return first + Arrays.stream(targets).map(target -> target - first).sum() / targets.length;
  }
}
