package org.unvanish.activation;

import static java.math.BigDecimal.ONE;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The base functions and their derivatives to 60 digits, from power series whose terms have one
 * sign or shrink fast, so that nothing cancels.
 */
final class Exact {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal THREE = BigDecimal.valueOf(3);
  private static final BigDecimal SIX = BigDecimal.valueOf(6);
  private static final BigDecimal QUARTER = new BigDecimal("0.25");

  // The constants of the functions, which are what their doubles are.
  private static final BigDecimal LECUN = new BigDecimal(1.7159);
  private static final BigDecimal LEAK = new BigDecimal(0.01);
  private static final BigDecimal LAMBDA = new BigDecimal(1.0507009873554805);
  private static final BigDecimal SELU_ALPHA = new BigDecimal(1.6732632423543772);

  private static final MathContext DIGITS = new MathContext(60);

  /** Enough for 1 − erf z where it is the smallest double. */
  private static final MathContext MANY = new MathContext(420);

  private static final BigDecimal PI = pi(DIGITS);
  private static final BigDecimal ROOT_PI = PI.sqrt(DIGITS);
  private static final BigDecimal MANY_ROOT_PI = pi(MANY).sqrt(MANY);

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
      case ERF -> Math.abs(at) > 30 ? Math.signum(at) : erf(z).doubleValue();
      case HARD_TANH -> z.min(ONE).max(ONE.negate()).doubleValue();
      case HARD_SIGMOID ->
          z.add(THREE).min(SIX).max(BigDecimal.ZERO).divide(SIX, DIGITS).doubleValue();
      case LECUN_TANH ->
          sinh(twoThirds(z)).divide(cosh(twoThirds(z)), DIGITS).multiply(LECUN).doubleValue();
      case PENALISED_TANH ->
          sinh(z).divide(cosh(z), DIGITS).multiply(at > 0 ? ONE : QUARTER).doubleValue();
      // Beyond 60, the normal distribution is 0 or 1 to more than 700 digits.
      case GELU -> Math.abs(at) > 60 ? Math.max(at, 0) : z.multiply(normal(z)).doubleValue();
      case SILU -> z.divide(ONE.add(exp(z.negate())), DIGITS).doubleValue();
      case ELU -> at > 0 ? at : expm1(z).doubleValue();
      case SELU -> LAMBDA.multiply(at > 0 ? z : SELU_ALPHA.multiply(expm1(z))).doubleValue();
      case LEAKY_RELU -> at > 0 ? at : z.multiply(LEAK).doubleValue();
      case SOFTPLUS ->
          z.max(BigDecimal.ZERO).add(log1p(exp(z.abs().negate())), DIGITS).doubleValue();
      case SINE -> sine(z).doubleValue();
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
      case ERF ->
          Math.abs(at) > 30 ? 0 : TWO.divide(ROOT_PI, DIGITS).multiply(gauss(z)).doubleValue();
      case HARD_TANH -> Math.abs(at) < 1 ? 1 : 0;
      case HARD_SIGMOID -> Math.abs(at) < 3 ? ONE.divide(SIX, DIGITS).doubleValue() : 0;
      case LECUN_TANH -> twoThirds(LECUN).divide(cosh(twoThirds(z)).pow(2), DIGITS).doubleValue();
      case PENALISED_TANH -> (at > 0 ? ONE : QUARTER).divide(cosh(z).pow(2), DIGITS).doubleValue();
      case GELU ->
          Math.abs(at) > 60 ? at > 0 ? 1 : 0 : normal(z).add(z.multiply(density(z))).doubleValue();
      case SILU -> {
        BigDecimal e = exp(z.negate());
        BigDecimal share = ONE.divide(ONE.add(e), DIGITS);
        yield share.multiply(ONE.add(z.multiply(e).multiply(share))).doubleValue();
      }
      case ELU -> at > 0 ? 1 : exp(z).doubleValue();
      case SELU -> LAMBDA.multiply(at > 0 ? ONE : SELU_ALPHA.multiply(exp(z))).doubleValue();
      case LEAKY_RELU -> at > 0 ? 1 : LEAK.doubleValue();
      case SOFTPLUS -> ONE.divide(ONE.add(exp(z.negate())), DIGITS).doubleValue();
      case SINE -> sine(z.add(PI.divide(TWO))).doubleValue();
    };
  }

  private static BigDecimal twoThirds(BigDecimal z) {
    return z.multiply(TWO).divide(THREE, DIGITS);
  }

  private static BigDecimal expm1(BigDecimal z) {
    // e^z − 1 = 2·sinh(z/2)·e^(z/2)
    BigDecimal half = z.divide(TWO);
    return sinh(half).multiply(exp(half)).multiply(TWO);
  }

  private static BigDecimal gauss(BigDecimal z) {
    return exp(z.pow(2).negate());
  }

  /** (2/√π)·e^(−z²)·Σ 2ᵏ·z^(2k+1)/(2k + 1)!!, whose terms have one sign. */
  private static BigDecimal erf(BigDecimal z) {
    BigDecimal square = z.pow(2, MANY);
    BigDecimal sum = z;
    BigDecimal term = z;
    for (int k = 1; !isNegligible(term, sum, MANY.getPrecision()); k++) {
      term = term.multiply(square, MANY).multiply(TWO).divide(BigDecimal.valueOf(2L * k + 1), MANY);
      sum = sum.add(term, MANY);
    }
    // e^(z²) by its own series, as exact as the sum: what is left of 1 − erf is tiny.
    BigDecimal power = ONE;
    BigDecimal powers = ONE;
    for (int k = 1; !isNegligible(power, powers, MANY.getPrecision()); k++) {
      power = power.multiply(square, MANY).divide(BigDecimal.valueOf(k), MANY);
      powers = powers.add(power, MANY);
    }
    return TWO.multiply(sum).divide(MANY_ROOT_PI.multiply(powers), MANY);
  }

  /** The normal distribution. */
  private static BigDecimal normal(BigDecimal z) {
    BigDecimal x = z.divide(TWO.sqrt(MANY), MANY);
    return ONE.add(erf(x)).divide(TWO);
  }

  private static BigDecimal density(BigDecimal z) {
    BigDecimal e = exp(z.pow(2).divide(TWO).negate());
    return e.divide(ROOT_PI.multiply(TWO.sqrt(DIGITS)), DIGITS);
  }

  private static BigDecimal sine(BigDecimal z) {
    BigDecimal turn = PI.multiply(TWO);
    BigDecimal turns = z.divide(turn, DIGITS).setScale(0, RoundingMode.HALF_EVEN);
    BigDecimal rest = z.subtract(turns.multiply(turn));
    BigDecimal square = rest.pow(2, DIGITS).negate();
    BigDecimal sum = rest;
    BigDecimal term = rest;
    for (int k = 1; !isNegligible(term, sum); k += 2) {
      term = term.multiply(square, DIGITS).divide(new BigDecimal((k + 1L) * (k + 2L)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
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
    return arctanSeries(t, DIGITS).multiply(TWO.pow(halvings));
  }

  /** 16·arctan(1/5) − 4·arctan(1/239). */
  private static BigDecimal pi(MathContext digits) {
    BigDecimal fifth = ONE.divide(new BigDecimal(5), digits);
    BigDecimal small = ONE.divide(new BigDecimal(239), digits);
    return arctanSeries(fifth, digits)
        .multiply(new BigDecimal(16))
        .subtract(arctanSeries(small, digits).multiply(new BigDecimal(4)));
  }

  private static BigDecimal arctanSeries(BigDecimal t, MathContext digits) {
    BigDecimal square = t.pow(2, digits).negate();
    BigDecimal sum = t;
    BigDecimal power = t;
    for (int k = 3; !isNegligible(power, sum, digits.getPrecision()); k += 2) {
      power = power.multiply(square, digits);
      sum = sum.add(power.divide(new BigDecimal(k), digits), digits);
    }
    return sum;
  }

  private static boolean isNegligible(BigDecimal term, BigDecimal sum) {
    return isNegligible(term, sum, 60);
  }

  private static boolean isNegligible(BigDecimal term, BigDecimal sum, int digits) {
    return term.signum() == 0
        || term.precision() - term.scale() < sum.precision() - sum.scale() - digits;
  }
}
