package org.unvanish.activation;

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
  TANH("tanh") {
    @Override
    public double value(double z) {
      return StrictMath.tanh(z);
    }

    @Override
    public double derivative(double z) {
      // 1 − tanh² z cancels for large |z|; sech² z in terms of e^(−2|z|) does not.
      double e = StrictMath.exp(-2 * Math.abs(z));
      return 4 * e / ((1 + e) * (1 + e));
    }
  },

  /** The logistic function 1/(1 + e⁻ᶻ); the paper's appendix C calls it "logsigmoid". */
  LOGISTIC("logistic") {
    @Override
    public double value(double z) {
      double e = StrictMath.exp(-Math.abs(z));
      return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    @Override
    public double derivative(double z) {
      double e = StrictMath.exp(-Math.abs(z));
      return e / ((1 + e) * (1 + e));
    }
  },

  /** log(1/(1 + e⁻ᶻ)). */
  LOG_SIGMOID("log-sigmoid") {
    @Override
    public double value(double z) {
      return Math.min(z, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }

    @Override
    public double derivative(double z) {
      return LOGISTIC.value(-z);
    }

    /** As z → −∞. */
    @Override
    public double steepest() {
      return 1;
    }
  },

  /** arctan z. */
  ARCTAN("arctan") {
    @Override
    public double value(double z) {
      return StrictMath.atan(z);
    }

    @Override
    public double derivative(double z) {
      return 1 / (1 + z * z);
    }
  },

  /** z/(1 + |z|). */
  SOFTSIGN("softsign") {
    @Override
    public double value(double z) {
      // The quotient is ∞/∞ at infinity, where the limit is ±1.
      return Double.isInfinite(z) ? Math.signum(z) : z / (1 + Math.abs(z));
    }

    @Override
    public double derivative(double z) {
      double d = 1 + Math.abs(z);
      return 1 / (d * d);
    }
  },

  /** max(z, 0), with derivative 0 at 0. */
  RELU("relu") {
    @Override
    public double value(double z) {
      return Math.max(z, 0);
    }

    @Override
    public double derivative(double z) {
      return Double.isNaN(z) ? z : z > 0 ? 1 : 0;
    }

    @Override
    public double steepest() {
      return 1;
    }
  },

  /** z. */
  IDENTITY("identity") {
    @Override
    public double value(double z) {
      return z;
    }

    @Override
    public double derivative(double z) {
      return Double.isNaN(z) ? z : 1;
    }
  },

  /** The error function, (2/√π)·∫₀ᶻ e^(−t²) dt. */
  ERF("erf") {
    @Override
    public double value(double z) {
      return ErrorFunction.erf(z);
    }

    @Override
    public double derivative(double z) {
      return ErrorFunction.TWO_OVER_ROOT_PI * ErrorFunction.gaussian(z, 1);
    }
  },

  /** z, clipped to [−1, 1], with derivative 0 at ±1, as PyTorch has it. */
  HARD_TANH("hard-tanh") {
    @Override
    public double value(double z) {
      return Math.max(-1, Math.min(1, z));
    }

    @Override
    public double derivative(double z) {
      return Double.isNaN(z) ? z : Math.abs(z) < 1 ? 1 : 0;
    }
  },

  /**
   * (z + 3)/6, clipped to [0, 1], with derivative 0 at ±3: PyTorch's, and Keras's from 3 on. That
   * of Keras 1 and 2 is 0.2z + 0.5, which is another function.
   */
  HARD_SIGMOID("hard-sigmoid") {
    @Override
    public double value(double z) {
      return Math.max(0, Math.min(6, z + 3)) / 6;
    }

    @Override
    public double derivative(double z) {
      return Double.isNaN(z) ? z : Math.abs(z) < 3 ? 1.0 / 6 : 0;
    }
  },

  /** 1.7159·tanh(⅔z) (LeCun, Bottou, Orr &amp; Müller 1998, "Efficient BackProp"). */
  LECUN_TANH("lecun-tanh") {
    @Override
    public double value(double z) {
      return LECUN_OUTER * StrictMath.tanh(2 * z / 3);
    }

    @Override
    public double derivative(double z) {
      // Beyond, it is 0; and 4z/3 in two parts, as e to its power would multiply its rounding.
      double magnitude = Math.min(Math.abs(z), 1000);
      double power = 4 * magnitude / 3;
      double e = StrictMath.exp(-power) * (1 - Math.fma(-3, power, 4 * magnitude) / 3);
      return LECUN_OUTER * 2 / 3 * (4 * e / ((1 + e) * (1 + e)));
    }
  },

  /**
   * tanh z for z > 0, else ¼·tanh z, with derivative ¼ at 0 (Xu, Huang &amp; Li 2016, "Revise
   * saturated activation functions").
   */
  PENALISED_TANH("penalised-tanh") {
    @Override
    public double value(double z) {
      return z > 0 ? TANH.value(z) : TANH.value(z) / 4;
    }

    @Override
    public double derivative(double z) {
      return z > 0 ? TANH.derivative(z) : TANH.derivative(z) / 4;
    }

    @Override
    public double steepest() {
      return 1;
    }
  },

  /** z·Φ(z) with the normal distribution Φ, not its approximation by tanh. */
  GELU("gelu") {
    @Override
    public double value(double z) {
      // From there on it is 0; at −∞ the product is not a number.
      double u = Math.max(z, -FAR);
      double root = ErrorFunction.gaussian(u, 0.25);
      return u > 0
          ? u * (1 - root * root * ErrorFunction.scaledTail(u))
          : u * root * ErrorFunction.scaledTail(-u) * root;
    }

    @Override
    public double derivative(double z) {
      double u = Math.max(-FAR, Math.min(z, FAR));
      double root = ErrorFunction.gaussian(u, 0.25);
      double rest = u * ErrorFunction.ONE_OVER_ROOT_TWO_PI;
      return u > 0
          ? 1 + root * root * (rest - ErrorFunction.scaledTail(u))
          : root * (ErrorFunction.scaledTail(-u) + rest) * root;
    }

    /** At √2, for f″(z) = φ(z)·(2 − z²). */
    @Override
    public double steepest() {
      return derivative(Math.sqrt(2));
    }
  },

  /** z/(1 + e⁻ᶻ), also called swish. */
  SILU("silu") {
    @Override
    public double value(double z) {
      // From there on it is 0; at −∞ the product is not a number.
      double u = Math.max(z, -FAR_EXPONENT);
      double root = StrictMath.exp(-Math.abs(u) / 2);
      double e = root * root;
      return u >= 0 ? u / (1 + e) : u * root / (1 + e) * root;
    }

    @Override
    public double derivative(double z) {
      double u = Math.max(-FAR_EXPONENT, Math.min(z, FAR_EXPONENT));
      double root = StrictMath.exp(-Math.abs(u) / 2);
      double e = root * root;
      return u >= 0 ? (1 + u * e / (1 + e)) / (1 + e) : root * (1 + u / (1 + e)) / (1 + e) * root;
    }

    /** Where f″ is 0: z·tanh(z/2) = 2. */
    @Override
    public double steepest() {
      return derivative(2.399357280520046);
    }
  },

  /** z for z > 0, else eᶻ − 1. */
  ELU("elu") {
    @Override
    public double value(double z) {
      return z > 0 ? z : StrictMath.expm1(z);
    }

    @Override
    public double derivative(double z) {
      return z > 0 ? 1 : StrictMath.exp(z);
    }
  },

  /**
   * λ·z for z > 0, else λ·α·(eᶻ − 1), with derivative λ·α at 0; λ = 1.0507… and α = 1.6732… keep
   * mean 0 and variance 1 (Klambauer et al. 2017).
   */
  SELU("selu") {
    @Override
    public double value(double z) {
      return z > 0 ? SELU_LAMBDA * z : SELU_LAMBDA * SELU_ALPHA * StrictMath.expm1(z);
    }

    @Override
    public double derivative(double z) {
      return z > 0 ? SELU_LAMBDA : SELU_LAMBDA * SELU_ALPHA * StrictMath.exp(z);
    }
  },

  /** z for z > 0, else z/100, with derivative 0.01 at 0. */
  LEAKY_RELU("leaky-relu") {
    @Override
    public double value(double z) {
      return z > 0 ? z : LEAK * z;
    }

    @Override
    public double derivative(double z) {
      return Double.isNaN(z) ? z : z > 0 ? 1 : LEAK;
    }

    @Override
    public double steepest() {
      return 1;
    }
  },

  /** log(1 + eᶻ). */
  SOFTPLUS("softplus") {
    @Override
    public double value(double z) {
      return -LOG_SIGMOID.value(-z);
    }

    @Override
    public double derivative(double z) {
      return LOGISTIC.value(z);
    }

    /** As z → ∞. */
    @Override
    public double steepest() {
      return 1;
    }
  },

  /** sin z; NaN for an infinite argument, where it has no limit. */
  SINE("sine") {
    @Override
    public double value(double z) {
      return StrictMath.sin(z);
    }

    @Override
    public double derivative(double z) {
      return StrictMath.cos(z);
    }
  };

  /** The factor of {@link #LECUN_TANH}: with it, f(±1) = ±1. */
  public static final double LECUN_OUTER = 1.7159;

  /** The slope of {@link #LEAKY_RELU} below 0. */
  public static final double LEAK = 0.01;

  /** λ of {@link #SELU}. */
  public static final double SELU_LAMBDA = 1.0507009873554804934;

  /** α of {@link #SELU}. */
  public static final double SELU_ALPHA = 1.6732632423543772848;

  /** Beyond, the tails of the normal distribution are 0 and 1. */
  private static final double FAR = 60;

  /** Beyond, e⁻ᶻ is 0. */
  private static final double FAR_EXPONENT = 1600;

  private final String label;

  ActivationFunction(String label) {
    this.label = label;
  }

  /**
   * The value f(z); NaN for NaN, the limit for an infinite argument if there is one.
   *
   * @param z any number
   */
  public abstract double value(double z);

  /**
   * The derivative f′(z); NaN for NaN, the limit for an infinite argument if there is one.
   *
   * @param z any number
   */
  public abstract double derivative(double z);

  /**
   * Whether c·f(z) = f(c·z) for all c above 0, so that rescaling changes nothing and a learned α
   * has no gradient: relu, leaky-relu and the identity.
   */
  public boolean isHomogeneous() {
    return this == RELU || this == LEAKY_RELU || this == IDENTITY;
  }

  /** The least upper bound of |f′|: of most functions the derivative at 0. */
  public double steepest() {
    return derivative(0);
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
