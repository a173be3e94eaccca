package org.unvanish.activation;

/**
 * How an {@link Activation} scales its base function.
 *
 * <p>Every scale lies in [10⁻³⁰, 10³⁰]: well within the range where it and its inverse are normal
 * numbers in single precision, in which networks are trained.
 *
 * @since 0.1
 */
public sealed interface Scale {

  /** The rescaling of Ven &amp; Lederer (2021), equation (1), with a given α: α·f(z/α). */
  record Fixed(double alpha) implements Scale {
    /**
     * @throws IllegalArgumentException if α is not in [10⁻³⁰, 10³⁰]
     */
    public Fixed {
      requireInRange("alpha", alpha);
    }

    @Override
    public double outer() {
      return alpha;
    }

    @Override
    public double inner() {
      return 1 / alpha;
    }

    @Override
    public double derivative(double f, double u, double slope) {
      return f - u * slope;
    }

    @Override
    public Scale times(double factor) {
      return new Fixed(alpha * factor);
    }

    @Override
    public String of(String function) {
      return alpha == 1 ? function : function + ", α = " + number(alpha);
    }
  }

  /** A scale whose α is a parameter of the network; without one it has its initial value. */
  sealed interface Trained extends Scale permits Learned, Dynamic {

    /** What training starts from. */
    double initialAlpha();

    /** The factor in front of f for another α, which training may have made any number. */
    double outer(double alpha);

    /** The factor in front of z for another α. */
    double inner(double alpha);

    /**
     * The same with another α to start from.
     *
     * @throws IllegalArgumentException if it is not in [10⁻³⁰, 10³⁰]
     */
    Trained from(double other);

    @Override
    default double outer() {
      return outer(initialAlpha());
    }

    @Override
    default double inner() {
      return inner(initialAlpha());
    }

    @Override
    default Scale times(double factor) {
      return this;
    }
  }

  /**
   * The same rescaling with α as a parameter of the network (section 2.3: "can be learned").
   *
   * @param initialAlpha what training starts from
   * @param shared whether all places of the network that say so have one α, whose gradient is the
   *     sum of theirs; they must start from the same value
   */
  record Learned(double initialAlpha, boolean shared) implements Trained {
    /**
     * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
     */
    public Learned {
      requireInRange("initialAlpha", initialAlpha);
    }

    /**
     * An α of its own.
     *
     * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
     */
    public Learned(double initialAlpha) {
      this(initialAlpha, false);
    }

    @Override
    public Trained from(double other) {
      return new Learned(other, shared);
    }

    @Override
    public double outer(double alpha) {
      return alpha;
    }

    @Override
    public double inner(double alpha) {
      return 1 / alpha;
    }

    @Override
    public double derivative(double f, double u, double slope) {
      return f - u * slope;
    }

    @Override
    public String of(String function) {
      return function + (shared ? ", shared α learned" : ", α learned");
    }
  }

  /**
   * f(α·z) with a trained α, the scale of Dynamic Tanh without its affine part (Zhu et al. 2025,
   * "Transformers without Normalization"). Other than {@link Learned} it leaves the range of f as
   * it is, and a larger α makes f steeper.
   */
  record Dynamic(double initialAlpha) implements Trained {
    /**
     * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
     */
    public Dynamic {
      requireInRange("initialAlpha", initialAlpha);
    }

    @Override
    public Trained from(double other) {
      return new Dynamic(other);
    }

    @Override
    public double outer(double alpha) {
      return 1;
    }

    @Override
    public double inner(double alpha) {
      return alpha;
    }

    @Override
    public double derivative(double f, double u, double slope) {
      return u / initialAlpha * slope;
    }

    @Override
    public String of(String function) {
      return function + "(αz), α learned";
    }
  }

  /** "Naive scaling" factor·f(z), the paper's counterexample whose gradients explode. */
  record Naive(double factor) implements Scale {
    /**
     * @throws IllegalArgumentException if the factor is not in [10⁻³⁰, 10³⁰]
     */
    public Naive {
      requireInRange("factor", factor);
    }

    @Override
    public double outer() {
      return factor;
    }

    @Override
    public double inner() {
      return 1;
    }

    @Override
    public double derivative(double f, double u, double slope) {
      return f;
    }

    @Override
    public Scale times(double multiple) {
      return this;
    }

    @Override
    public String of(String function) {
      return number(factor) + "·" + function;
    }
  }

  /** The factor in front of f: α, the naive factor, or 1 for {@link Dynamic}. */
  double outer();

  /** The factor in front of z: 1/α, 1 for naive scaling, or α for {@link Dynamic}. */
  double inner();

  /**
   * The derivative of outer·f(inner·z) by α, or by the naive factor.
   *
   * @param f the value f(u)
   * @param u the argument inner·z
   * @param slope the derivative f′(u)
   */
  double derivative(double f, double u, double slope);

  /**
   * A fixed α times a factor above 0; a learned α finds its own way, and naive scaling stays.
   *
   * @throws IllegalArgumentException if a fixed α is then not in [10⁻³⁰, 10³⁰]
   */
  Scale times(double factor);

  /** A scaled function as legends name it. */
  String of(String function);

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static void requireInRange(String name, double value) {
    if (!(value >= 1e-30 && value <= 1e30)) {
      throw new IllegalArgumentException(
          name + " must be a number from 1e-30 to 1e30, but is " + value);
    }
  }
}
