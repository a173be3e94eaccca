package org.unvanish.theory.chain;

import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.unvanish.activation.ActivationFunction;

/**
 * The chain to 80 digits, from the functions' definitions: 1 − tanh² as it stands, with digits
 * enough to survive the cancellation.
 */
final class ExactChain {

  private static final int DIGITS = 80;
  private static final Apfloat ONE = number(1);

  private final Apfloat[] signals;

  /** By each signal, of the next. */
  private final Apfloat[] slopes;

  private final double[] theta;

  /** With outer·f(z/divisor). */
  ExactChain(ActivationFunction f, double outer, double divisor, double x, double... theta) {
    this.theta = theta;
    signals = new Apfloat[theta.length + 1];
    slopes = new Apfloat[theta.length];
    signals[0] = number(x);
    for (int i = 0; i < theta.length; i++) {
      Apfloat z = number(theta[i]).multiply(signals[i]).divide(number(divisor));
      Step step = Step.of(f, z);
      // Apfloat counts digits as lost at every step; the errors themselves do not grow so.
      signals[i + 1] = number(outer).multiply(step.value).precision(DIGITS);
      slopes[i] = step.slope.multiply(number(outer)).divide(number(divisor));
    }
  }

  static Apfloat number(double value) {
    return new Apfloat(new java.math.BigDecimal(value), DIGITS);
  }

  Apfloat output() {
    return signals[theta.length];
  }

  /** Of the output, by the k-th parameter. */
  Apfloat derivative(int k) {
    Apfloat product = signals[k - 1].multiply(slopes[k - 1]);
    for (int i = k; i < theta.length; i++) {
      product = product.multiply(slopes[i]).multiply(number(theta[i]));
    }
    return product;
  }

  /** A function's value and derivative, which share what takes long. */
  private record Step(Apfloat value, Apfloat slope) {

    static Step of(ActivationFunction f, Apfloat z) {
      return switch (f) {
        case TANH -> {
          Apfloat tanh = ApfloatMath.tanh(z);
          yield new Step(tanh, ONE.subtract(ApfloatMath.pow(tanh, 2)));
        }
        case LOGISTIC -> {
          Apfloat logistic = ONE.divide(ONE.add(ApfloatMath.exp(z.negate())));
          yield new Step(logistic, logistic.multiply(ONE.subtract(logistic)));
        }
        case LOG_SIGMOID -> {
          Apfloat power = ApfloatMath.exp(z.negate());
          Apfloat sum = ONE.add(power);
          yield new Step(ApfloatMath.log(sum).negate(), power.divide(sum));
        }
        case ARCTAN -> new Step(ApfloatMath.atan(z), ONE.divide(ONE.add(z.multiply(z))));
        case SOFTSIGN -> {
          Apfloat sum = ONE.add(ApfloatMath.abs(z));
          yield new Step(z.divide(sum), ONE.divide(ApfloatMath.pow(sum, 2)));
        }
        case RELU -> z.signum() > 0 ? new Step(z, ONE) : new Step(Apfloat.ZERO, Apfloat.ZERO);
        case IDENTITY -> new Step(z, ONE);
        default -> throw new IllegalArgumentException("the theory says nothing of " + f);
      };
    }
  }
}
