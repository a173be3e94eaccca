package org.unvanish.train;

import static org.unvanish.train.BoundedSum.ROUNDING;
import static org.unvanish.train.BoundedSum.UNDERFLOW;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;

/**
 * y = outer·f(u), u = inner·z, from core's functions and derivatives, which are exact to a few
 * units in the last place of a double.
 *
 * <p>The bounds follow what the engine states: the elementary functions of the paper's five are
 * within 3.8 units in the last place (VectorMath), at most 8 roundings, the others within 7 units;
 * the derivative of most is computed from the rounded output (ActivationKernel), that of arctan,
 * log-sigmoid, softplus, erf, gelu, silu and sine from u. An error e of an argument becomes at most
 * e times the largest derivative within e of it.
 *
 * @param alpha where a learned α lies among the parameters, else −1
 */
record ReferenceActivation(Activation activation, double[] parameters, int alpha)
    implements ReferenceLayer.OfSample {

  /** Of f and its derivative, as a multiple of their own size or of the terms they are made of. */
  private static final double FUNCTION_ERROR = 8 * ROUNDING;

  /** The same of functions beside the paper's. */
  private static final double OTHER_ERROR = 16 * ROUNDING;

  private double outer() {
    return activation.scale() instanceof Scale.Trained trained
        ? trained.outer(parameters[alpha])
        : activation.outer();
  }

  private double inner() {
    return activation.scale() instanceof Scale.Trained trained
        ? trained.inner(parameters[alpha])
        : activation.inner();
  }

  /** The error of u: inherited from z, and of the rounded factor and the product. */
  private double errorOfArgument(double z, double error) {
    return z == 0 && error == 0
        ? 0
        : inner() * (error + 3 * ROUNDING * (Math.abs(z) + error)) + UNDERFLOW;
  }

  /** The largest derivative of f within e of u. */
  private double steepest(double u, double e) {
    return switch (activation.function()) {
      case TANH, LOGISTIC, ARCTAN, SOFTSIGN ->
          activation.function().derivative(Math.max(0, Math.abs(u) - e));
      case LOG_SIGMOID -> activation.function().derivative(u - e);
      case RELU -> u + e > 0 ? 1 : 0;
      case IDENTITY -> 1;
      case ERF -> activation.function().derivative(Math.max(0, Math.abs(u) - e));
      case LECUN_TANH -> activation.function().derivative(Math.max(0, Math.abs(u) - e));
      case HARD_TANH -> Math.abs(u) - e < 1 ? 1 : 0;
      case HARD_SIGMOID -> Math.abs(u) - e < 3 ? 1.0 / 6 : 0;
      case PENALISED_TANH ->
          u + e > 0
              ? ActivationFunction.TANH.derivative(Math.max(0, u - e))
              : activation.function().derivative(u + e);
      case ELU, SOFTPLUS -> activation.function().derivative(u + e);
      case SELU ->
          u - e > 0
              ? activation.function().derivative(u)
              : activation.function().derivative(Math.min(0, u + e));
      case LEAKY_RELU -> activation.function().derivative(u + e);
      case GELU, SILU, SINE ->
          Math.min(
              activation.function().steepest(), Math.abs(activation.function().derivative(u)) + e);
    };
  }

  private double functionError() {
    return switch (activation.function()) {
      case TANH, LOGISTIC, LOG_SIGMOID, ARCTAN, SOFTSIGN, RELU, IDENTITY -> FUNCTION_ERROR;
      default -> OTHER_ERROR;
    };
  }

  /** The jump of f′ where u is as near to a kink as roundings may move it, else what it is. */
  private static double orJump(double distance, double e, double jump, double otherwise) {
    return e > 0 && Math.abs(distance) <= e ? jump : otherwise;
  }

  /** The error of f(u) as computed. */
  private double errorOfValue(double u, double e) {
    double t = activation.function().value(u);
    double inherited = steepest(u, e) * e;
    return t == 0 && inherited == 0
        ? 0
        : inherited + functionError() * (Math.abs(t) + inherited) + 4 * UNDERFLOW;
  }

  /** The error of f′(u) as computed. */
  private double errorOfDerivative(double u, double e) {
    ActivationFunction f = activation.function();
    double t = Math.abs(f.value(u));
    // The output is outer·t, with the factor and the product rounded.
    double et = errorOfValue(u, e);
    et += 3 * ROUNDING * (t + et);
    double d = f.derivative(u);
    return switch (f) {
      // 1 − t², t·(1 − t) and (1 − |t|)² with an error of t
      case TANH -> (2 * t + et) * et + FUNCTION_ERROR;
      case LOGISTIC -> (Math.abs(1 - 2 * t) + et) * et + FUNCTION_ERROR * (t + et) + 4 * UNDERFLOW;
      case SOFTSIGN -> (2 * (1 - t) + et) * et + FUNCTION_ERROR * (1 - t + et + ROUNDING);
      case ARCTAN -> {
        // |f″| = 2|u|/(1 + u²)² is at most 0.65, 2|u| and 2/|u|³
        double near = Math.max(0, Math.abs(u) - e);
        double curvature = Math.min(0.65, 2 * (Math.abs(u) + e));
        double inherited = Math.min(curvature, 2 / (near * near * near)) * e;
        yield inherited + FUNCTION_ERROR * (d + inherited);
      }
      case LOG_SIGMOID -> {
        double curvature = ActivationFunction.LOGISTIC.derivative(Math.max(0, Math.abs(u) - e));
        yield curvature * e + FUNCTION_ERROR * (d + curvature * e) + 4 * UNDERFLOW;
      }
      case RELU -> e > 0 && Math.abs(u) <= e ? 1 : FUNCTION_ERROR * d;
      case IDENTITY -> FUNCTION_ERROR;
      // |f″| is at most √(8/(πe)), √(2/π), ½ and 1
      case ERF -> Math.min(0.97, 2 * (Math.abs(u) + e)) * e + OTHER_ERROR * (d + e) + 4 * UNDERFLOW;
      case GELU -> 0.8 * e + OTHER_ERROR;
      case SILU -> 0.5 * e + OTHER_ERROR;
      case SINE -> e + OTHER_ERROR * (Math.abs(d) + e);
      case SOFTPLUS -> {
        double curvature = ActivationFunction.LOGISTIC.derivative(Math.max(0, Math.abs(u) - e));
        yield curvature * e + OTHER_ERROR * (d + curvature * e) + 4 * UNDERFLOW;
      }
      // As tanh, of f divided by its factor.
      case LECUN_TANH -> {
        double l = ActivationFunction.LECUN_OUTER;
        yield (2 * l / 3) * ((2 * t + et) * et / (l * l) + OTHER_ERROR);
      }
      case PENALISED_TANH -> {
        double factor = u > 0 ? 1 : 4;
        double own = (2 * t + et) * et * factor + OTHER_ERROR;
        yield orJump(u, e, 0.75 + own, own);
      }
      case ELU -> et + OTHER_ERROR * (1 + et);
      case SELU -> orJump(u, e, 0.71, et) + OTHER_ERROR * (2 + et);
      case LEAKY_RELU -> orJump(u, e, 0.99, 0) + OTHER_ERROR * d;
      case HARD_TANH -> orJump(Math.abs(u) - 1, e + 8 * ROUNDING, 1, OTHER_ERROR * d);
      case HARD_SIGMOID -> orJump(Math.abs(u) - 3, e + 48 * ROUNDING, 0.17, OTHER_ERROR * d);
    };
  }

  @Override
  public Bounded forward(Bounded z) {
    Bounded y = new Bounded(z.shape);
    for (int i = 0; i < z.value.length; i++) {
      double u = inner() * z.value[i];
      double et = errorOfValue(u, errorOfArgument(z.value[i], z.error[i]));
      BoundedSum product = new BoundedSum();
      product.add(outer(), 0, activation.function().value(u), et);
      y.set(i, product);
    }
    return y;
  }

  @Override
  public Bounded backward(Bounded z, Bounded y, Bounded dy, BoundedSum[] gradient) {
    double slope = outer() * inner();
    Bounded dz = new Bounded(z.shape);
    for (int i = 0; i < z.value.length; i++) {
      double u = inner() * z.value[i];
      double eu = errorOfArgument(z.value[i], z.error[i]);
      double d = slope * activation.function().derivative(u);
      double ed = slope * errorOfDerivative(u, eu);
      BoundedSum product = new BoundedSum();
      product.add(dy.value[i], dy.error[i], d, ed);
      dz.set(i, product);
      if (alpha >= 0 && activation.scale() instanceof Scale.Dynamic) {
        // z·f′(α·z)
        double perInner = 1 / Math.abs(inner());
        gradient[alpha].add(z.value[i], z.error[i], dz.value[i] / inner(), dz.error[i] * perInner);
      } else if (alpha >= 0) {
        // ∂f_α/∂α = f(u) − u·f′(u), as the difference of two terms
        double perOuter = 1 / outer();
        gradient[alpha].add(y.value[i] * perOuter, y.error[i] * perOuter, dy.value[i], dy.error[i]);
        gradient[alpha].add(-u, eu, dz.value[i], dz.error[i]);
      }
    }
    return dz;
  }
}
