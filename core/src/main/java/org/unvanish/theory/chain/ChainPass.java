package org.unvanish.theory.chain;

import java.util.Objects;

/**
 * A {@link ChainNetwork} at one input: what every neuron says, and the derivatives of the output.
 *
 * <pre>
 *   a⁰ = x,   zⁱ = θⁱ·aⁱ⁻¹,   aⁱ = f_α(zⁱ),   g = aˡ
 *   ∂g/∂θᵏ = aᵏ⁻¹ · f_α′(zᵏ) · ∏ θⁱ·f_α′(zⁱ)   with i from k + 1 to l
 * </pre>
 *
 * <p>Nothing cancels in these products. In units of 2⁻⁵³ the relative error of zⁱ is that of aⁱ⁻¹
 * and one more; aⁱ has |z·f′(z)/f(z)| times that, f_α′(zⁱ) at most 1 + 2·|zⁱ|/α times that, each
 * with a few more. A derivative has the sum over its factors. For tanh, arctan, softsign and relu
 * the first factor is at most 1: a derivative's error is below 10⁻¹² for chains of a dozen neurons
 * with |z|/α up to 50, and below 10⁻⁹ for 1,000 of them. For the logistic function and log σ it
 * reaches |z|/α, and chains whose every neuron has it above 1 lose digits with each layer, as they
 * would in any arithmetic that rounds.
 */
public final class ChainPass {

  private final ChainNetwork network;
  private final WideNumber[] signals;
  private final WideNumber[] slopes;

  ChainPass(ChainNetwork network, double x) {
    this.network = network;
    int length = network.length();
    WideActivation activation = new WideActivation(network.activation());
    signals = new WideNumber[length + 1];
    slopes = new WideNumber[length + 1];
    signals[0] = WideNumber.of(x);
    slopes[0] = WideNumber.ONE;
    for (int i = 1; i <= length; i++) {
      WideNumber z = signals[i - 1].times(network.theta(i));
      signals[i] = activation.value(z);
      slopes[i] = activation.derivative(z);
    }
  }

  /** The network. */
  public ChainNetwork network() {
    return network;
  }

  /** The output g = aˡ. */
  public WideNumber output() {
    return signals[network.length()];
  }

  /**
   * aⁱ, the output of neuron i; a⁰ is the input.
   *
   * @param i from 0 to l
   */
  public WideNumber signal(int i) {
    return signals[Objects.checkIndex(i, signals.length)];
  }

  /**
   * f_α′(zⁱ), the derivative of neuron i at its argument.
   *
   * @param i from 1 to l
   */
  public WideNumber slope(int i) {
    return slopes[requireNeuron(i)];
  }

  /**
   * ∂g/∂θᵏ by the chain rule.
   *
   * @param k from 1 to l
   */
  public WideNumber derivative(int k) {
    return signal(requireNeuron(k) - 1).times(backward(k));
  }

  /**
   * What Ven &amp; Lederer (2021), sections 2.1 and 2.3, print for the derivative without the
   * factor d: α·fᵏ⁻¹·∏ f′·∏ θ with f⁰ := 1. It is {@link #derivative} for k ≥ 2, and has α in place
   * of x for k = 1. They also drop the minus sign that differentiating h(y − g) brings.
   *
   * @param k from 1 to l
   */
  public WideNumber paperDerivative(int k) {
    WideNumber before =
        requireNeuron(k) == 1 ? WideNumber.of(network.activation().outer()) : signal(k - 1);
    return before.times(backward(k));
  }

  /** f_α′(zᵏ) · ∏ θⁱ·f_α′(zⁱ). */
  private WideNumber backward(int k) {
    WideNumber product = slopes[k];
    for (int i = k + 1; i <= network.length(); i++) {
      product = product.times(slopes[i]).times(network.theta(i));
    }
    return product;
  }

  private int requireNeuron(int k) {
    if (k < 1 || k > network.length()) {
      throw new IndexOutOfBoundsException(
          "neurons are counted from 1 to %d, but k is %d".formatted(network.length(), k));
    }
    return k;
  }
}
