package org.unvanish.activation;

import java.util.function.DoubleUnaryOperator;

/**
 * A base activation function f with its derivative, in double precision.
 *
 * <p>tanh, logistic, log-sigmoid, arctan and softsign are the sigmoid-type functions of Ven &amp;
 * Lederer (2021), section 2.2; the others are there for comparison, and for networks that have
 * them. Every value and derivative is accurate to 4 units in the last place for all finite
 * arguments, also where the textbook form cancels: tanh′(50) is 1.488e-43, not 0. The error is
 * absolute in two places: 4 units in the last place of the smallest normal number, 2.2e-308, below
 * that; and 10⁻¹⁵ where a derivative passes through 0, as that of gelu does at −0.752 and that of
 * silu at −1.278.
 *
 * @since 0.1
 */
public enum ActivationFunction {
  /** tanh z. */
  TANH("tanh", ActivationFormulas::tanh, ActivationFormulas::tanhSlope),

  /** The logistic function 1/(1 + e⁻ᶻ); the paper's appendix C calls it "logsigmoid". */
  LOGISTIC("logistic", ActivationFormulas::logistic, ActivationFormulas::logisticSlope),

  /** log(1/(1 + e⁻ᶻ)). */
  LOG_SIGMOID(
      "log-sigmoid", ActivationFormulas::logSigmoid, ActivationFormulas::logSigmoidSlope, 1),

  /** arctan z. */
  ARCTAN("arctan", ActivationFormulas::arctan, ActivationFormulas::arctanSlope),

  /** z/(1 + |z|). */
  SOFTSIGN("softsign", ActivationFormulas::softsign, ActivationFormulas::softsignSlope),

  /** max(z, 0), with derivative 0 at 0. */
  RELU("relu", ActivationFormulas::relu, ActivationFormulas::reluSlope, 1),

  /** z. */
  IDENTITY("identity", ActivationFormulas::identity, ActivationFormulas::identitySlope),

  /** The error function, (2/√π)·∫₀ᶻ e^(−t²) dt. */
  ERF("erf", ActivationFormulas::erf, ActivationFormulas::erfSlope),

  /** z, clipped to [−1, 1], with derivative 0 at ±1, as PyTorch has it. */
  HARD_TANH("hard-tanh", ActivationFormulas::hardTanh, ActivationFormulas::hardTanhSlope),

  /**
   * (z + 3)/6, clipped to [0, 1], with derivative 0 at ±3: PyTorch's, and Keras's from 3 on. That
   * of Keras 1 and 2 is 0.2z + 0.5, which is another function.
   */
  HARD_SIGMOID(
      "hard-sigmoid", ActivationFormulas::hardSigmoid, ActivationFormulas::hardSigmoidSlope),

  /** 1.7159·tanh(⅔z) (LeCun, Bottou, Orr &amp; Müller 1998, "Efficient BackProp"). */
  LECUN_TANH("lecun-tanh", ActivationFormulas::lecunTanh, ActivationFormulas::lecunTanhSlope),

  /**
   * tanh z for z > 0, else ¼·tanh z, with derivative ¼ at 0 (Xu, Huang &amp; Li 2016, "Revise
   * saturated activation functions").
   */
  PENALISED_TANH(
      "penalised-tanh",
      ActivationFormulas::penalisedTanh,
      ActivationFormulas::penalisedTanhSlope,
      1),

  /** z·Φ(z) with the normal distribution Φ, not its approximation by tanh. */
  GELU(
      "gelu",
      ActivationFormulas::gelu,
      ActivationFormulas::geluSlope,
      // f″(z) = φ(z)·(2 − z²)
      ActivationFormulas.geluSlope(Math.sqrt(2))),

  /** z/(1 + e⁻ᶻ), also called swish. */
  SILU(
      "silu",
      ActivationFormulas::silu,
      ActivationFormulas::siluSlope,
      // f″ is 0 where z·tanh(z/2) = 2.
      ActivationFormulas.siluSlope(2.399357280520046)),

  /** z for z > 0, else eᶻ − 1. */
  ELU("elu", ActivationFormulas::elu, ActivationFormulas::eluSlope),

  /**
   * λ·z for z > 0, else λ·α·(eᶻ − 1), with derivative λ·α at 0; λ = 1.0507… and α = 1.6732… keep
   * mean 0 and variance 1 (Klambauer et al. 2017).
   */
  SELU("selu", ActivationFormulas::selu, ActivationFormulas::seluSlope),

  /** z for z > 0, else z/100, with derivative 0.01 at 0. */
  LEAKY_RELU("leaky-relu", ActivationFormulas::leakyRelu, ActivationFormulas::leakyReluSlope, 1),

  /** log(1 + eᶻ). */
  SOFTPLUS("softplus", ActivationFormulas::softplus, ActivationFormulas::softplusSlope, 1),

  /** sin z; NaN for an infinite argument, where it has no limit. */
  SINE("sine", ActivationFormulas::sine, ActivationFormulas::sineSlope);

  /** The factor of {@link #LECUN_TANH}: with it, f(±1) = ±1. */
  public static final double LECUN_OUTER = 1.7159;

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final double LEAK = 0.01;

  /** λ of {@link #SELU}. */
  public static final double SELU_LAMBDA = 1.0507009873554804934;

  /** α of {@link #SELU}. */
  public static final double SELU_ALPHA = 1.6732632423543772848;

  /** Where rectifiers are as good as straight on either side. */
  private static final double FAR = 50;

  private final String label;
  private final DoubleUnaryOperator value;
  private final DoubleUnaryOperator derivative;
  private final double steepest;

  /** A function that is nowhere steeper than at 0. */
  ActivationFunction(String label, DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
    this(label, value, derivative, derivative.applyAsDouble(0));
  }

  ActivationFunction(
      String label, DoubleUnaryOperator value, DoubleUnaryOperator derivative, double steepest) {
    this.label = label;
    this.value = value;
    this.derivative = derivative;
    this.steepest = steepest;
  }

  /**
   * The value f(z); NaN for NaN, the limit for an infinite argument if there is one.
   *
   * @param z any number
   */
  public double value(double z) {
    return value.applyAsDouble(z);
  }

  /**
   * The derivative f′(z); NaN for NaN, the limit for an infinite argument if there is one.
   *
   * @param z any number
   */
  public double derivative(double z) {
    return derivative.applyAsDouble(z);
  }

  /**
   * Whether c·f(z) = f(c·z) for all c above 0, so that rescaling changes nothing and a learned α
   * has no gradient: relu, leaky-relu and the identity.
   */
  public boolean isHomogeneous() {
    return this == RELU || this == LEAKY_RELU || this == IDENTITY;
  }

  /** The least upper bound of |f′|: of most functions the derivative at 0. */
  public double steepest() {
    return steepest;
  }

  /**
   * Whether it passes large positive arguments on and next to nothing of large negative ones, so
   * that He's initial values are made for it: relu, leaky-relu, elu, selu, gelu, silu and softplus.
   */
  public boolean isRectifier() {
    return Math.abs(derivative(-FAR)) < derivative(FAR) / 10;
  }

  /**
   * f_α(z) = α·f(z/α) with a fixed α (Ven &amp; Lederer 2021, equation (1)).
   *
   * @throws IllegalArgumentException if α is not in [10⁻³⁰, 10³⁰]
   */
  public Activation scaled(double alpha) {
    return Activation.scaled(this, alpha);
  }

  /** The name as it is written in specs and figures: {@code tanh}, {@code log-sigmoid}, … */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
