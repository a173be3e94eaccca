package org.unvanish.meanfield;

import org.unvanish.activation.Activation;

/** A point of the plane of gain and bias, as the base function sees it (prop. 1c). */
public record Point(double sigmaW, double sigmaB) {
  public static Point of(Activation activation, double sigmaW, double sigmaB) {
    throw new UnsupportedOperationException();
  }
}
