package org.unvanish.djl.backend;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;

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
      return value(function, z.div(alpha)).mul(alpha);
    }
    double outer = activation.outer();
    if (activation.scale() instanceof Scale.Naive) {
      return value(function, z).mul(outer);
    }
    return outer == 1 ? value(function, z) : value(function, z.div(outer)).mul(outer);
  }

  private static NDArray value(ActivationFunction function, NDArray z) {
    return switch (function) {
      case TANH -> Activation.tanh(z);
      case LOGISTIC -> Activation.sigmoid(z);
      case LOG_SIGMOID -> Activation.softPlus(z.neg()).neg();
      case ARCTAN -> z.atan();
      case SOFTSIGN -> Activation.softSign(z);
      case RELU -> Activation.relu(z);
      case IDENTITY -> z;
    };
  }
}
