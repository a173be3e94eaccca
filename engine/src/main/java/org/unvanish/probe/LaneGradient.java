package org.unvanish.probe;

import java.util.function.DoubleSupplier;
import org.unvanish.diagnosis.measurement.LayerGradient;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;

/**
 * The backpropagated gradient of a block of samples.
 *
 * @param values at a layer's output
 * @param samples lanes in use: the first ones
 */
record LaneGradient(LaneTensor values, int samples) implements LayerGradient {

  @Override
  public long count() {
    return (long) values.shape().size() * samples;
  }

  @Override
  public double sumOfSquares() {
    return LaneValues.sumOfSquares(values, samples);
  }

  @Override
  public void sumsOfSquares(double[] sums) {
    LaneValues.sumsOfSquares(values, samples, sums);
  }

  @Override
  public void multiply(float a, float b) {
    LaneValues.replaceAll(values, samples, old -> old * a * b);
  }

  @Override
  public void replace(DoubleSupplier replacements) {
    LaneValues.replaceAll(values, samples, old -> (float) replacements.getAsDouble());
  }
}
