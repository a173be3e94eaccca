package org.unvanish.initialization;

import java.util.List;

/**
 * Where parameters start.
 *
 * @since 0.1
 */
public sealed interface Initialization {

  /** All zero: the usual start of biases. */
  record Zeros() implements Initialization {}

  /**
   * Uniform on [−bound, bound).
   *
   * @param bound above 0
   */
  record Uniform(double bound) implements Initialization {
    /**
     * @throws IllegalArgumentException if the bound is not a finite number above 0
     */
    public Uniform {
      requirePositive("bound", bound);
    }
  }

  /**
   * Normal with mean 0.
   *
   * @param deviation the standard deviation, above 0
   */
  record Normal(double deviation) implements Initialization {
    /**
     * @throws IllegalArgumentException if the deviation is not a finite number above 0
     */
    public Normal {
      requirePositive("standard deviation", deviation);
    }
  }

  /** Uniform on ±√(6/(fanIn + fanOut)): Glorot &amp; Bengio (2010), equation (16). */
  record Glorot() implements Initialization {}

  /** Normal with standard deviation √(2/fanIn): He et al. (2015), equation (10). */
  record He() implements Initialization {}

  /**
   * The given values.
   *
   * @param values of all parameter tensors of this kind, in the order of the network
   */
  record Given(List<Float> values) implements Initialization {
    /** Copies the values. */
    public Given {
      values = List.copyOf(values);
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }
}
