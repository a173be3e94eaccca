package org.unvanish.initialization;

import java.util.OptionalDouble;
import org.unvanish.activation.ActivationFunction;

/**
 * By how much weights must be larger before an activation function than before none.
 *
 * @since 0.1
 */
public final class Gain {

  private Gain() {}

  /**
   * The gain that PyTorch's {@code calculate_gain} recommends; empty where it has none.
   *
   * <p>For relu and leaky-relu it keeps the mean square of the values. That of tanh, 5/3, is a
   * convention. That of selu, ¾, is for a more stable gradient; to keep its values at mean 0 and
   * variance 1 takes 1.
   */
  public static OptionalDouble of(ActivationFunction function) {
    return switch (function) {
      case IDENTITY, LOGISTIC -> OptionalDouble.of(1);
      case TANH -> OptionalDouble.of(5.0 / 3);
      case RELU -> OptionalDouble.of(Math.sqrt(2));
      case LEAKY_RELU ->
          OptionalDouble.of(Math.sqrt(2 / (1 + ActivationFunction.LEAK * ActivationFunction.LEAK)));
      case SELU -> OptionalDouble.of(0.75);
      case LOG_SIGMOID,
          ARCTAN,
          SOFTSIGN,
          ERF,
          HARD_TANH,
          HARD_SIGMOID,
          LECUN_TANH,
          PENALISED_TANH,
          GELU,
          SILU,
          ELU,
          SOFTPLUS,
          SINE ->
          OptionalDouble.empty();
    };
  }
}
