package org.unvanish.model.graph;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.model.ModelRefusedException;

/**
 * A function of one number with its derivative.
 *
 * @param value y of x
 * @param slope dy/dx of x and y
 */
record Curve(DoubleUnaryOperator value, DoubleBinaryOperator slope) {
  private static final double SELU_ALPHA = 1.67326319217681884765625;
  private static final double SELU_GAMMA = 1.05070102214813232421875;

  /** sqrt(2/π) and the factor of the cube in the form of GELU that is made of tanh. */
  private static final double GELU_SCALE = 0.7978845608028654;

  private static final double GELU_CUBE = 0.044715;

  /** An activation function of ONNX, as an operator of its own. */
  static Curve activation(String name, Attributes attributes) {
    double alpha = attributes.number("alpha", alpha(name));
    return switch (name) {
      case "Gelu" ->
          switch (attributes.text("approximate", "none")) {
            case "none" -> of(ActivationFunction.GELU);
            case "tanh" -> tanhGelu();
            default ->
                throw new ModelRefusedException(
                    "attribute approximate", "it is neither none nor tanh", "");
          };
      case "Selu" -> elu(alpha, attributes.number("gamma", SELU_GAMMA));
      case "Swish" -> swish(alpha);
      case "HardSwish" -> hardSwish();
      case "Mish" -> mish();
      case "Celu" ->
          new Curve(
              x -> x > 0 ? x : alpha * Math.expm1(x / alpha),
              (x, y) -> x > 0 ? 1 : Math.exp(x / alpha));
      default -> of(name, alpha, attributes.number("beta", beta(name)));
    };
  }

  /**
   * A function that recurrent operators may use too.
   *
   * @throws ModelRefusedException if there is none of that name
   */
  static Curve of(String name, double alpha, double beta) {
    return switch (name) {
      case "Relu" -> new Curve(x -> Math.max(x, 0), (x, y) -> x > 0 ? 1 : 0);
      case "Tanh" -> of(ActivationFunction.TANH);
      case "Sigmoid" -> of(ActivationFunction.LOGISTIC);
      case "HardSigmoid" ->
          new Curve(
              x -> Math.max(0, Math.min(1, alpha * x + beta)),
              (x, y) -> alpha * x + beta > 0 && alpha * x + beta < 1 ? alpha : 0);
      case "Affine" -> new Curve(x -> alpha * x + beta, (x, y) -> alpha);
      case "ScaledTanh" ->
          new Curve(
              x -> alpha * Math.tanh(beta * x),
              (x, y) -> {
                return alpha * beta * ActivationFunction.TANH.derivative(beta * x);
              });
      case "LeakyRelu" -> new Curve(x -> x < 0 ? alpha * x : x, (x, y) -> x < 0 ? alpha : 1);
      case "ThresholdedRelu" -> new Curve(x -> x > alpha ? x : 0, (x, y) -> x > alpha ? 1 : 0);
      case "Elu" -> elu(alpha, 1);
      case "Softplus" -> of(ActivationFunction.SOFTPLUS);
      case "Softsign" -> of(ActivationFunction.SOFTSIGN);
      default ->
          throw new ModelRefusedException("", "the function " + name + " is not one of ONNX", "");
    };
  }

  /** ONNX's α where a model does not say. */
  static double alpha(String name) {
    return switch (name) {
      case "HardSigmoid" -> 0.2;
      case "LeakyRelu" -> 0.01;
      case "Selu" -> SELU_ALPHA;
      default -> 1;
    };
  }

  /** ONNX's β where a model does not say. */
  static double beta(String name) {
    return switch (name) {
      case "HardSigmoid" -> 0.5;
      case "Affine" -> 0;
      default -> 1;
    };
  }

  private static Curve of(ActivationFunction function) {
    return new Curve(function::value, (x, y) -> function.derivative(x));
  }

  private static double sigmoid(double x) {
    return ActivationFunction.LOGISTIC.value(x);
  }

  private static double softplus(double x) {
    return ActivationFunction.SOFTPLUS.value(x);
  }

  private static Curve elu(double alpha, double gamma) {
    return new Curve(
        x -> gamma * (x > 0 ? x : alpha * Math.expm1(x)),
        (x, y) -> gamma * (x > 0 ? 1 : alpha * Math.exp(x)));
  }

  private static Curve swish(double alpha) {
    return new Curve(
        x -> x * sigmoid(alpha * x),
        (x, y) -> {
          double s = sigmoid(alpha * x);
          return s + alpha * x * s * sigmoid(-alpha * x);
        });
  }

  private static Curve hardSwish() {
    return new Curve(
        x -> x * Math.max(0, Math.min(1, x / 6 + 0.5)),
        (x, y) -> x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5);
  }

  private static Curve mish() {
    return new Curve(
        x -> x * Math.tanh(softplus(x)),
        (x, y) -> {
          double tanh = Math.tanh(softplus(x));
          return tanh + x * (1 - tanh * tanh) * sigmoid(x);
        });
  }

  private static Curve tanhGelu() {
    return new Curve(
        x -> 0.5 * x * (1 + Math.tanh(GELU_SCALE * (x + GELU_CUBE * x * x * x))),
        (x, y) -> {
          double tanh = Math.tanh(GELU_SCALE * (x + GELU_CUBE * x * x * x));
          double inner = GELU_SCALE * (1 + 3 * GELU_CUBE * x * x);
          return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * inner;
        });
  }
}
