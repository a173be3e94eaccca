package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.djl.Constant;
import org.unvanish.djl.ScaledActivation;

/** Activations as PyTorch computes them. */
final class TorchActivation {

  private TorchActivation() {}

  /**
   * The activation of every value.
   *
   * @param parameters the learned α, of shape (), or none
   */
  static NDArray apply(
      org.unvanish.activation.Activation activation, NDArray z, List<NDArray> parameters) {
    ActivationFunction function = activation.function();
    if (!parameters.isEmpty()) {
      NDArray alpha = parameters.get(0);
      if (activation.scale() instanceof Scale.Dynamic) {
        return value(function, z.mul(alpha));
      }
      // α·f(z/α) is f(z) there: a gradient of 0, and no rounding, of which Adam makes whole steps.
      return function.isHomogeneous()
          ? value(function, z).add(alpha.mul(Constant.of(0, alpha)))
          : value(function, z.div(alpha)).mul(alpha);
    }
    NDArray f = value(function, activation.inner() == 1 ? z : z.div(scale(activation, z)));
    return activation.outer() == 1 ? f : f.mul(scale(activation, z));
  }

  /** α, or the naive factor. */
  private static NDArray scale(org.unvanish.activation.Activation activation, NDArray z) {
    return Constant.of(activation.outer(), z);
  }

  private static NDArray value(ActivationFunction function, NDArray z) {
    // The only one that the block of models computes otherwise; stored runs have these bits.
    return function == ActivationFunction.SOFTSIGN
        ? Activation.softSign(z)
        : ScaledActivation.apply(function, z);
  }
}
