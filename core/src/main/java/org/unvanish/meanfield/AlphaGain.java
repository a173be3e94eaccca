package org.unvanish.meanfield;

import org.unvanish.activation.ActivationFunction;

/**
 * What a scale α ≥ 1 can do at most for the gradient of a stack without biases: multiply its energy
 * by min{α², Π σ_w²f′(0)²/χ(qˡ)}, at any depth.
 *
 * <p>The first bound: α in a stack without biases is "inputs ÷ α, logits × α". The second: what f′
 * takes away is all that there is to gain. Both hold where {@link #holdsFor} says.
 *
 * @param lnLost ln Π σ_w²f′(0)²/χ(qˡ), of the energy: what f′ takes away
 * @since 0.1
 */
public record AlphaGain(double lnLost) {

  /**
   * Of a stack; what its layers have for a scale counts as α = 1.
   *
   * @throws IllegalArgumentException if a layer has biases, or a function of which the bound is not
   *     known
   */
  public static AlphaGain of(DenseStack stack) {
    double sum = 0;
    for (int l = 0; l < stack.layers().size(); l++) {
      VarianceMap map = stack.layers().get(l).map();
      ActivationFunction function = map.activation().function();
      if (!holdsFor(function)) {
        throw new IllegalArgumentException("no bound of what α can gain is known for " + function);
      }
      if (map.sigmaB() > 0) {
        throw new IllegalArgumentException(
            "with biases α changes the depth scales, and no such bound holds; see CriticalLine");
      }
      sum += 2 * StrictMath.log(map.sigmaW() * map.activation().derivative(0)) - stack.lnFactor(l);
    }
    return new AlphaGain(sum);
  }

  /**
   * Whether the bound holds: |f′| falls with |z|, E f(√q·Z)² rises with q, and the mean Hermite
   * degree q·E f′²/E f² does not fall. The last condition is proved for erf and the identity, and
   * checked by numbers for the others.
   */
  public static boolean holdsFor(ActivationFunction function) {
    return switch (function) {
      case TANH, LOGISTIC, ARCTAN, SOFTSIGN, ERF, HARD_TANH, HARD_SIGMOID, LECUN_TANH, IDENTITY ->
          true;
      case LOG_SIGMOID, RELU, LEAKY_RELU, PENALISED_TANH, GELU, SILU, ELU, SELU, SOFTPLUS, SINE ->
          false;
    };
  }

  /**
   * The bound for one α, as ln of the energy; half of it for the amplitude.
   *
   * @param alpha from 1 on: so many times the scale that the stack has
   * @throws IllegalArgumentException if α is below 1
   */
  public double atMost(double alpha) {
    if (!(alpha >= 1)) {
      throw new IllegalArgumentException("alpha must be at least 1, but is " + alpha);
    }
    return Math.min(2 * StrictMath.log(alpha), lnLost);
  }
}
