package org.unvanish.theory.chain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;

/**
 * The network of the paper's theory: l neurons in a chain, with one parameter each.
 *
 * <pre>
 *   g(x) = f_α(θˡ·f_α(θˡ⁻¹· … f_α(θ¹·x)))
 * </pre>
 *
 * <p>Source: Ven &amp; Lederer (2021), sections 2.1 and 2.3. Neurons are counted from 1, as there.
 */
public final class ChainNetwork {

  /**
   * The activation functions of which the theory says anything, and with which a chain can be made.
   */
  public static final Set<ActivationFunction> FUNCTIONS =
      Collections.unmodifiableSet(
          EnumSet.of(
              ActivationFunction.TANH,
              ActivationFunction.LOGISTIC,
              ActivationFunction.LOG_SIGMOID,
              ActivationFunction.ARCTAN,
              ActivationFunction.SOFTSIGN,
              ActivationFunction.RELU,
              ActivationFunction.IDENTITY));

  private final Activation activation;
  private final double[] theta;

  /**
   * @param activation f_α, the same in every neuron
   * @param theta θ¹, …, θˡ: at least one, all finite
   * @throws IllegalArgumentException if there is no parameter, one is infinite or NaN, the function
   *     is not among {@link #FUNCTIONS}, or its scale is {@link Scale.Dynamic}
   */
  public ChainNetwork(Activation activation, double... theta) {
    if (theta.length == 0) {
      throw new IllegalArgumentException("a chain needs at least one parameter, but has l = 0");
    }
    if (!FUNCTIONS.contains(activation.function()) || activation.scale() instanceof Scale.Dynamic) {
      throw new IllegalArgumentException("the theory says nothing of " + activation);
    }
    for (int i = 0; i < theta.length; i++) {
      requireFinite("theta " + (i + 1), theta[i]);
    }
    this.activation = activation;
    this.theta = theta.clone();
  }

  /** The number of neurons, l. */
  public int length() {
    return theta.length;
  }

  /** f_α. */
  public Activation activation() {
    return activation;
  }

  /**
   * The parameter θᵏ.
   *
   * @param k from 1 to l
   * @throws IndexOutOfBoundsException if k is not
   */
  public double theta(int k) {
    return theta[k - 1];
  }

  /**
   * The network at one input, with its derivatives.
   *
   * @param x the input, finite
   * @throws IllegalArgumentException if x is infinite or NaN
   */
  public ChainPass at(double x) {
    requireFinite("x", x);
    return new ChainPass(this, x);
  }

  static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, but is " + value);
    }
  }
}
