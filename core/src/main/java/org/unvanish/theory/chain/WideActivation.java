package org.unvanish.theory.chain;

import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * An activation outside of the doubles' range too: where f or f′ underflows, by its leading term.
 *
 * <p>In each branch the terms left out are below 2⁻⁵³ of the result.
 */
final class WideActivation {

  /** Below 2^TINY an argument is too small to bend any f. */
  private static final int TINY = -200;

  private static final int HUGE = 500;

  private final ActivationFunction function;
  private final WideNumber outer;
  private final WideNumber alpha;

  WideActivation(Activation activation) {
    function = activation.function();
    outer = WideNumber.of(activation.outer());
    // 1/α is rounded, and so α itself is what arguments are divided by.
    alpha = activation.inner() == 1 ? WideNumber.ONE : outer;
  }

  /** outer·f(z/α). */
  WideNumber value(WideNumber z) {
    return outer.times(base(z.dividedBy(alpha)));
  }

  /** The derivative of {@link #value} by z. */
  WideNumber derivative(WideNumber z) {
    return outer.dividedBy(alpha).times(slope(z.dividedBy(alpha)));
  }

  private WideNumber base(WideNumber z) {
    double d = z.toDouble();
    switch (function) {
      case IDENTITY:
        return z;
      case RELU:
        return z.sign() > 0 ? z : WideNumber.ZERO;
      case LOGISTIC:
        return d < -700 ? WideNumber.exp(d) : WideNumber.of(function.value(d));
      case LOG_SIGMOID:
        if (d > 700) {
          return WideNumber.exp(-d).negated();
        }
        return d < -700 ? z : WideNumber.of(function.value(d));
      case TANH, ARCTAN, SOFTSIGN:
        // z at the origin.
        return z.exponent() < TINY ? z : WideNumber.of(function.value(d));
      default:
        throw unknown();
    }
  }

  private WideNumber slope(WideNumber z) {
    double d = z.toDouble();
    double magnitude = Math.abs(d);
    switch (function) {
      case RELU:
        return z.sign() > 0 ? WideNumber.ONE : WideNumber.ZERO;
      case TANH:
        return magnitude > 300
            ? WideNumber.exp(-2 * magnitude).times(4)
            : WideNumber.of(function.derivative(d));
      case LOGISTIC:
        return magnitude > 700 ? WideNumber.exp(-magnitude) : WideNumber.of(function.derivative(d));
      case LOG_SIGMOID:
        return d > 700 ? WideNumber.exp(-d) : WideNumber.of(function.derivative(d));
      case ARCTAN, SOFTSIGN:
        return z.exponent() > HUGE
            ? WideNumber.ONE.dividedBy(z.times(z))
            : WideNumber.of(function.derivative(d));
      case IDENTITY:
        return WideNumber.ONE;
      default:
        throw unknown();
    }
  }

  private IllegalStateException unknown() {
    return new IllegalStateException("there are no wide numbers for " + function);
  }
}
