package org.unvanish.meanfield;

import java.util.function.DoubleUnaryOperator;

/** E g(√q·Z), Z standard normal, with an estimate of its error. */
public record GaussianMean(double value, double error) {
  public static GaussianMean of(DoubleUnaryOperator g, double q, double... kinks) {
    throw new UnsupportedOperationException();
  }
}
