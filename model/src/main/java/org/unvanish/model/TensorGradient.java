package org.unvanish.model;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.unvanish.diagnosis.measurement.LayerGradient;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.model.graph.Tensor;

/**
 * A gradient in double precision.
 *
 * @param values row-major; changed in place
 * @param samples how many there are
 * @param stride values between one sample and the next
 */
// Identity is enough: nobody compares gradients.
@SuppressWarnings("ArrayRecordComponent")
record TensorGradient(double[] values, int samples, int stride) implements LayerGradient {

  /**
   * A copy.
   *
   * @param batchAxis the axis of the samples
   */
  static TensorGradient of(Tensor gradient, int samples, int batchAxis) {
    int stride = 1;
    for (int axis = batchAxis + 1; axis < gradient.rank(); axis++) {
      stride *= gradient.extent(axis);
    }
    // Where samples and something else have one axis, the values of a sample lie together.
    int extent = gradient.rank() == 0 ? 1 : gradient.extent(batchAxis);
    return new TensorGradient(
        gradient.values().clone(), samples, stride * Math.max(1, extent / samples));
  }

  static double sumOfSquares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  static void addSquares(ScaledSum sum, Tensor values) {
    sum.add(sumOfSquares(values.values()), 0, values.size());
  }

  @Override
  public long count() {
    return values.length;
  }

  @Override
  public double sumOfSquares() {
    return sumOfSquares(values);
  }

  @Override
  public void sumsOfSquares(double[] sums) {
    Arrays.fill(sums, 0, samples, 0);
    for (int i = 0; i < values.length; i++) {
      sums[i / stride % samples] += values[i] * values[i];
    }
  }

  @Override
  public void multiply(float a, float b) {
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * a * b;
    }
  }

  @Override
  public void replace(DoubleSupplier replacements) {
    for (int i = 0; i < values.length; i++) {
      values[i] = replacements.getAsDouble();
    }
  }
}
