package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.djl.Constant;

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
      return value(function, z).mul(Constant.of(outer, z));
    }
    if (outer == 1) {
      return value(function, z);
    }
    NDArray alpha = Constant.of(outer, z);
    return value(function, z.div(alpha)).mul(alpha);
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
