package org.unvanish.initialization;

import java.util.List;
import java.util.OptionalInt;
import org.unvanish.network.ParameterTensor;

/**
 * Where parameters start.
 *
 * @since 0.1
 */
public sealed interface Initialization {

  /** All zero: the usual start of biases. */
  record Zeros() implements Initialization {
    @Override
    public float value(ParameterTensor tensor, RandomStream random, int index) {
      return 0;
    }
  }

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

    @Override
    public float value(ParameterTensor tensor, RandomStream random, int index) {
      return (float) ((2 * random.uniform() - 1) * bound);
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

    @Override
    public float value(ParameterTensor tensor, RandomStream random, int index) {
      return (float) (random.normal() * deviation);
    }
  }

  /** Uniform on ±√(6/(fanIn + fanOut)): Glorot &amp; Bengio (2010), equation (16). */
  record Glorot() implements Initialization {
    @Override
    public float value(ParameterTensor tensor, RandomStream random, int index) {
      double bound = Math.sqrt(6.0 / (tensor.fanIn() + tensor.fanOut()));
      return (float) ((2 * random.uniform() - 1) * bound);
    }
  }

  /** Normal with standard deviation √(2/fanIn): He et al. (2015), equation (10). */
  record He() implements Initialization {
    @Override
    public float value(ParameterTensor tensor, RandomStream random, int index) {
      return (float) (random.normal() * Math.sqrt(2.0 / tensor.fanIn()));
    }
  }

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

    @Override
    public float value(ParameterTensor tensor, RandomStream random, int index) {
      return values.get(index);
    }

    @Override
    public OptionalInt count() {
      return OptionalInt.of(values.size());
    }
  }

  /**
   * Where one parameter starts.
   *
   * @param tensor that it belongs to
   * @param random the stream of all initial weights, from which it takes what it needs
   * @param index of the parameter among all of its kind in the network, from 0
   */
  float value(ParameterTensor tensor, RandomStream random, int index);

  /** How many parameters of its kind a network must have; empty where any number will do. */
  default OptionalInt count() {
    return OptionalInt.empty();
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }
}
