package org.unvanish.activation;

/** The formulas of {@link ActivationFunction}s and of their derivatives, each with its accuracy. */
final class ActivationFormulas {

  /** Beyond, the tails of the normal distribution are 0 and 1. */
  private static final double FAR = 60;

  /** Beyond, e⁻ᶻ is 0. */
  private static final double FAR_EXPONENT = 1600;

  private ActivationFormulas() {}

  static double tanh(double z) {
    return StrictMath.tanh(z);
  }

  static double tanhSlope(double z) {
    // 1 − tanh² z cancels for large |z|; sech² z in terms of e^(−2|z|) does not.
    double e = StrictMath.exp(-2 * Math.abs(z));
    return 4 * e / ((1 + e) * (1 + e));
  }

  static double logistic(double z) {
    double e = StrictMath.exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  static double logisticSlope(double z) {
    double e = StrictMath.exp(-Math.abs(z));
    return e / ((1 + e) * (1 + e));
  }

  static double logSigmoid(double z) {
    return Math.min(z, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  static double logSigmoidSlope(double z) {
    return logistic(-z);
  }

  static double arctan(double z) {
    return StrictMath.atan(z);
  }

  static double arctanSlope(double z) {
    return 1 / (1 + z * z);
  }

  static double softsign(double z) {
    // The quotient is ∞/∞ at infinity, where the limit is ±1.
    return Double.isInfinite(z) ? Math.signum(z) : z / (1 + Math.abs(z));
  }

  static double softsignSlope(double z) {
    double d = 1 + Math.abs(z);
    return 1 / (d * d);
  }

  static double relu(double z) {
    return Math.max(z, 0);
  }

  static double reluSlope(double z) {
    return Double.isNaN(z) ? z : z > 0 ? 1 : 0;
  }

  static double identity(double z) {
    return z;
  }

  static double identitySlope(double z) {
    return Double.isNaN(z) ? z : 1;
  }

  static double erf(double z) {
    return ErrorFunction.erf(z);
  }

  static double erfSlope(double z) {
    return ErrorFunction.TWO_OVER_ROOT_PI * ErrorFunction.gaussian(z, 1);
  }

  static double hardTanh(double z) {
    return Math.max(-1, Math.min(1, z));
  }

  static double hardTanhSlope(double z) {
    return Double.isNaN(z) ? z : Math.abs(z) < 1 ? 1 : 0;
  }

  static double hardSigmoid(double z) {
    return Math.max(0, Math.min(6, z + 3)) / 6;
  }

  static double hardSigmoidSlope(double z) {
    return Double.isNaN(z) ? z : Math.abs(z) < 3 ? 1.0 / 6 : 0;
  }

  static double lecunTanh(double z) {
    return ActivationFunction.LECUN_OUTER * StrictMath.tanh(2 * z / 3);
  }

  static double lecunTanhSlope(double z) {
    // Beyond, it is 0; and 4z/3 in two parts, as e to its power would multiply its rounding.
    double magnitude = Math.min(Math.abs(z), 1000);
    double power = 4 * magnitude / 3;
    double e = StrictMath.exp(-power) * (1 - Math.fma(-3, power, 4 * magnitude) / 3);
    return ActivationFunction.LECUN_OUTER * 2 / 3 * (4 * e / ((1 + e) * (1 + e)));
  }

  static double penalisedTanh(double z) {
    return z > 0 ? tanh(z) : tanh(z) / 4;
  }

  static double penalisedTanhSlope(double z) {
    return z > 0 ? tanhSlope(z) : tanhSlope(z) / 4;
  }

  static double gelu(double z) {
    // From there on it is 0; at −∞ the product is not a number.
    double u = Math.max(z, -FAR);
    double root = ErrorFunction.gaussian(u, 0.25);
    return u > 0
        ? u * (1 - root * root * ErrorFunction.scaledTail(u))
        : u * root * ErrorFunction.scaledTail(-u) * root;
  }

  static double geluSlope(double z) {
    double u = Math.max(-FAR, Math.min(z, FAR));
    double root = ErrorFunction.gaussian(u, 0.25);
    double rest = u * ErrorFunction.ONE_OVER_ROOT_TWO_PI;
    return u > 0
        ? 1 + root * root * (rest - ErrorFunction.scaledTail(u))
        : root * (ErrorFunction.scaledTail(-u) + rest) * root;
  }

  static double silu(double z) {
    // From there on it is 0; at −∞ the product is not a number.
    double u = Math.max(z, -FAR_EXPONENT);
    double root = StrictMath.exp(-Math.abs(u) / 2);
    double e = root * root;
    return u >= 0 ? u / (1 + e) : u * root / (1 + e) * root;
  }

  static double siluSlope(double z) {
    double u = Math.max(-FAR_EXPONENT, Math.min(z, FAR_EXPONENT));
    double root = StrictMath.exp(-Math.abs(u) / 2);
    double e = root * root;
    return u >= 0 ? (1 + u * e / (1 + e)) / (1 + e) : root * (1 + u / (1 + e)) / (1 + e) * root;
  }

  static double elu(double z) {
    return z > 0 ? z : StrictMath.expm1(z);
  }

  static double eluSlope(double z) {
    return z > 0 ? 1 : StrictMath.exp(z);
  }

  static double selu(double z) {
    return z > 0
        ? ActivationFunction.SELU_LAMBDA * z
        : ActivationFunction.SELU_LAMBDA * ActivationFunction.SELU_ALPHA * StrictMath.expm1(z);
  }

  static double seluSlope(double z) {
    return z > 0
        ? ActivationFunction.SELU_LAMBDA
        : ActivationFunction.SELU_LAMBDA * ActivationFunction.SELU_ALPHA * StrictMath.exp(z);
  }

  static double leakyRelu(double z) {
    return z > 0 ? z : ActivationFunction.LEAK * z;
  }

  static double leakyReluSlope(double z) {
    return Double.isNaN(z) ? z : z > 0 ? 1 : ActivationFunction.LEAK;
  }

  static double softplus(double z) {
    return -logSigmoid(-z);
  }

  static double softplusSlope(double z) {
    return logistic(z);
  }

  static double sine(double z) {
    return StrictMath.sin(z);
  }

  static double sineSlope(double z) {
    return StrictMath.cos(z);
  }
}
