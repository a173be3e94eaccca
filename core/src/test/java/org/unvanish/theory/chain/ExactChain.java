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

  private ExactChain() {}

  static Apfloat number(double value) {
    return new Apfloat(new java.math.BigDecimal(value), DIGITS);
  }

  /** a⁰ to aˡ with outer·f(z/inner). */
  static Apfloat[] signals(
      ActivationFunction f, double outer, double divisor, double x, double... theta) {
    Apfloat[] a = new Apfloat[theta.length + 1];
    a[0] = number(x);
    for (int i = 1; i <= theta.length; i++) {
      Apfloat z = number(theta[i - 1]).multiply(a[i - 1]).divide(number(divisor));
      // Apfloat counts digits as lost at every step; the errors themselves do not grow so.
      a[i] = number(outer).multiply(value(f, z)).precision(DIGITS);
    }
    return a;
  }

  static Apfloat derivative(
      ActivationFunction f, double outer, double divisor, double x, int k, double... theta) {
    Apfloat[] a = signals(f, outer, divisor, x, theta);
    Apfloat product = a[k - 1];
    for (int i = k; i <= theta.length; i++) {
      Apfloat z = number(theta[i - 1]).multiply(a[i - 1]).divide(number(divisor));
      product = product.multiply(slope(f, z)).multiply(number(outer)).divide(number(divisor));
      product = i == k ? product : product.multiply(number(theta[i - 1]));
    }
    return product;
  }

  private static Apfloat value(ActivationFunction f, Apfloat z) {
    return switch (f) {
      case TANH -> ApfloatMath.tanh(z);
      case LOGISTIC -> ONE.divide(ONE.add(ApfloatMath.exp(z.negate())));
      case LOG_SIGMOID -> ApfloatMath.log(ONE.add(ApfloatMath.exp(z.negate()))).negate();
      case ARCTAN -> ApfloatMath.atan(z);
      case SOFTSIGN -> z.divide(ONE.add(ApfloatMath.abs(z)));
      case RELU -> z.signum() > 0 ? z : Apfloat.ZERO;
      case IDENTITY -> z;
      default -> throw new IllegalArgumentException("the theory says nothing of " + f);
    };
  }

  private static Apfloat slope(ActivationFunction f, Apfloat z) {
    return switch (f) {
      case TANH -> ONE.subtract(ApfloatMath.pow(ApfloatMath.tanh(z), 2));
      case LOGISTIC -> value(f, z).multiply(ONE.subtract(value(f, z)));
      case LOG_SIGMOID -> value(ActivationFunction.LOGISTIC, z.negate());
      case ARCTAN -> ONE.divide(ONE.add(z.multiply(z)));
      case SOFTSIGN -> ONE.divide(ApfloatMath.pow(ONE.add(ApfloatMath.abs(z)), 2));
      case RELU -> z.signum() > 0 ? ONE : Apfloat.ZERO;
      case IDENTITY -> ONE;
      default -> throw new IllegalArgumentException("the theory says nothing of " + f);
    };
  }
}
