package org.unvanish.diagnosis.measurement;

import java.util.function.DoubleSupplier;

/**
 * The backpropagated gradient at a layer's output, wherever its values are: one for each unit and
 * sample.
 */
public interface LayerGradient {

  /** How many values there are. */
  long count();

  /** The sum of the squares of all values. */
  double sumOfSquares();

  /** How many samples the values belong to. */
  int samples();

  /**
   * The sum of the squares of each sample's values, whatever those of the others are.
   *
   * @param sums to be filled, one for each sample
   */
  void sumsOfSquares(double[] sums);

  /** Multiplies every value by a, then by b: powers of two whose product may overflow. */
  void multiply(float a, float b);

  /** Replaces every value, in one fixed order. */
  void replace(DoubleSupplier values);

  /**
   * The gradient in an array.
   *
   * @param values sample by sample, as many for each; they are changed, not copied
   * @param samples how many there are
   * @throws IllegalArgumentException if the values cannot be shared out among the samples
   */
  static LayerGradient of(float[] values, int samples) {
    return new ArrayGradient(values, samples);
  }
}
