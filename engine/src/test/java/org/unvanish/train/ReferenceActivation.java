package org.unvanish.train;

import static org.unvanish.train.BoundedSum.ROUNDING;
import static org.unvanish.train.BoundedSum.UNDERFLOW;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * y = outer·f(u), u = inner·z, from core's functions and derivatives, which are exact to a few
 * units in the last place of a double.
 *
 * <p>The bounds follow what the engine states: the elementary functions are within 3.8 units in the
 * last place (VectorMath), at most 8 roundings; the derivative of tanh, logistic and softsign is
 * computed from the rounded output (ActivationKernel), that of arctan and log-sigmoid from u. An
 * error e of an argument becomes at most e times the largest derivative within e of it.
 *
 * @param alpha where a learned α lies among the parameters, else −1
 */
record ReferenceActivation(Activation activation, double[] parameters, int alpha)
    implements ReferenceLayer.OfSample {

  /** Of f and its derivative, as a multiple of their own size or of the terms they are made of. */
  private static final double FUNCTION_ERROR = 8 * ROUNDING;

  private double outer() {
    return alpha < 0 ? activation.outer() : parameters[alpha];
  }

  private double inner() {
    return alpha < 0 ? activation.inner() : 1 / parameters[alpha];
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
    };
  }

  /** The error of f(u) as computed. */
  private double errorOfValue(double u, double e) {
    double t = activation.function().value(u);
    double inherited = steepest(u, e) * e;
    return t == 0 && inherited == 0
        ? 0
        : inherited + FUNCTION_ERROR * (Math.abs(t) + inherited) + 4 * UNDERFLOW;
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
      if (alpha >= 0) {
        // ∂f_α/∂α = f(u) − u·f′(u), as the difference of two terms
        double perOuter = 1 / outer();
        gradient[alpha].add(y.value[i] * perOuter, y.error[i] * perOuter, dy.value[i], dy.error[i]);
        gradient[alpha].add(-u, eu, dz.value[i], dz.error[i]);
      }
    }
    return dz;
  }
}
