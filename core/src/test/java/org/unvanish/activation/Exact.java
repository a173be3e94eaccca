package org.unvanish.activation;

import static java.math.BigDecimal.ONE;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The base functions and their derivatives to 60 digits, from power series whose terms have one
 * sign or shrink fast, so that nothing cancels.
 */
final class Exact {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal PI =
      arctanSeries(ONE.divide(new BigDecimal(5), DIGITS))
          .multiply(new BigDecimal(16))
          .subtract(
              arctanSeries(ONE.divide(new BigDecimal(239), DIGITS)).multiply(new BigDecimal(4)));

  private Exact() {}

  static double value(ActivationFunction function, double at) {
    BigDecimal z = new BigDecimal(at);
    return switch (function) {
      case TANH -> sinh(z).divide(cosh(z), DIGITS).doubleValue();
      case LOGISTIC -> ONE.divide(ONE.add(exp(z.negate())), DIGITS).doubleValue();
      case LOG_SIGMOID ->
          z.min(BigDecimal.ZERO).subtract(log1p(exp(z.abs().negate())), DIGITS).doubleValue();
      case ARCTAN -> arctan(z).doubleValue();
      case SOFTSIGN -> z.divide(ONE.add(z.abs()), DIGITS).doubleValue();
      case RELU -> z.max(BigDecimal.ZERO).doubleValue();
      case IDENTITY -> at;
    };
  }

  static double derivative(ActivationFunction function, double at) {
    BigDecimal z = new BigDecimal(at);
    return switch (function) {
      case TANH -> ONE.divide(cosh(z).pow(2), DIGITS).doubleValue();
      case LOGISTIC ->
          ONE.divide(cosh(z.divide(TWO)).pow(2).multiply(new BigDecimal(4)), DIGITS).doubleValue();
      case LOG_SIGMOID -> ONE.divide(ONE.add(exp(z)), DIGITS).doubleValue();
      case ARCTAN -> ONE.divide(ONE.add(z.pow(2)), DIGITS).doubleValue();
      case SOFTSIGN -> ONE.divide(ONE.add(z.abs()).pow(2), DIGITS).doubleValue();
      case RELU -> z.signum() > 0 ? 1 : 0;
      case IDENTITY -> 1;
    };
  }

  private static BigDecimal exp(BigDecimal z) {
    BigDecimal ofMagnitude = cosh(z).add(sinh(z.abs()));
    return z.signum() < 0 ? ONE.divide(ofMagnitude, DIGITS) : ofMagnitude;
  }

  private static BigDecimal sinh(BigDecimal z) {
    return hyperbolicSeries(z, z, 1);
  }

  private static BigDecimal cosh(BigDecimal z) {
    return hyperbolicSeries(z, ONE, 0);
  }

  /** Every other term of the exponential series, from the given one. */
  private static BigDecimal hyperbolicSeries(BigDecimal z, BigDecimal first, int degree) {
    BigDecimal square = z.pow(2, DIGITS);
    BigDecimal sum = first;
    BigDecimal term = first;
    for (int k = degree; !isNegligible(term, sum); k += 2) {
      term = term.multiply(square, DIGITS).divide(new BigDecimal((k + 1L) * (k + 2L)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  /** For 0 ≤ x ≤ 1. */
  private static BigDecimal log1p(BigDecimal x) {
    BigDecimal s = x.divide(x.add(TWO), DIGITS);
    BigDecimal square = s.pow(2, DIGITS);
    BigDecimal sum = s;
    BigDecimal power = s;
    for (int k = 3; !isNegligible(power, sum); k += 2) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(new BigDecimal(k), DIGITS), DIGITS);
    }
    return sum.multiply(TWO);
  }

  private static BigDecimal arctan(BigDecimal z) {
    if (z.abs().compareTo(ONE) > 0) {
      BigDecimal rest = arctan(ONE.divide(z.abs(), DIGITS));
      BigDecimal magnitude = PI.divide(TWO).subtract(rest, DIGITS);
      return z.signum() < 0 ? magnitude.negate() : magnitude;
    }
    BigDecimal t = z;
    int halvings = 0;
    while (t.abs().compareTo(new BigDecimal("0.1")) > 0) {
      t = t.divide(ONE.add(ONE.add(t.pow(2)).sqrt(DIGITS)), DIGITS);
      halvings++;
    }
    return arctanSeries(t).multiply(TWO.pow(halvings));
  }

  private static BigDecimal arctanSeries(BigDecimal t) {
    BigDecimal square = t.pow(2, DIGITS).negate();
    BigDecimal sum = t;
    BigDecimal power = t;
    for (int k = 3; !isNegligible(power, sum); k += 2) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(new BigDecimal(k), DIGITS), DIGITS);
    }
    return sum;
  }

  private static boolean isNegligible(BigDecimal term, BigDecimal sum) {
    return term.signum() == 0
        || term.precision() - term.scale() < sum.precision() - sum.scale() - 60;
  }
}
