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

  /** Multiplies every value by a, then by b: powers of two whose product may overflow. */
  void multiply(float a, float b);

  /** Replaces every value, in one fixed order. */
  void replace(DoubleSupplier values);

  /**
   * The gradient in an array.
   *
   * @param values are changed, not copied
   */
  static LayerGradient of(float[] values) {
    return new ArrayGradient(values);
  }
}
