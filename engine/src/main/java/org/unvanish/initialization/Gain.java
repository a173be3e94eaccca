package org.unvanish.initialization;

import java.util.OptionalDouble;
import org.unvanish.activation.ActivationFunction;

/** By how much weights must be larger before an activation function than before none. */
public final class Gain {

  private Gain() {}

  /**
   * The gain that PyTorch's {@code calculate_gain} recommends; empty where it has none.
   *
   * <p>For relu it keeps the mean square of the values; that of tanh, 5/3, is a convention.
   */
  public static OptionalDouble of(ActivationFunction function) {
    return switch (function) {
      case IDENTITY, LOGISTIC -> OptionalDouble.of(1);
      case TANH -> OptionalDouble.of(5.0 / 3);
      case RELU -> OptionalDouble.of(Math.sqrt(2));
      default -> OptionalDouble.empty();
    };
  }
}
