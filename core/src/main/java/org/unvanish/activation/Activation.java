package org.unvanish.activation;

/**
 * A base function and how it is scaled: the activation of one layer.
 *
 * <p>Every scaling has the form y = outer·f(inner·z): outer = α and inner = 1/α for the paper's
 * rescaling, outer = the factor and inner = 1 for naive scaling, outer = 1 and inner = α for a
 * dynamic scale. An unscaled function is α = 1.
 *
 * @param function the base function f
 * @param scale how f is scaled; a learned scale is evaluated at its initial α
 * @since 0.1
 */
public record Activation(ActivationFunction function, Scale scale) {

  private static final Scale UNSCALED = new Scale.Fixed(1);

  /** The unscaled function. */
  public static Activation of(ActivationFunction function) {
    return new Activation(function, UNSCALED);
  }

  /**
   * f_α(z) = α·f(z/α) with a fixed α (Ven &amp; Lederer 2021, equation (1)).
   *
   * @throws IllegalArgumentException if α is not in [10⁻³⁰, 10³⁰]
   */
  public static Activation scaled(ActivationFunction function, double alpha) {
    return new Activation(function, new Scale.Fixed(alpha));
  }

  /**
   * f_α with an α that is trained like any other parameter, from the given initial value.
   *
   * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
   */
  public static Activation learned(ActivationFunction function, double initialAlpha) {
    return new Activation(function, new Scale.Learned(initialAlpha));
  }

  /**
   * f_α with a trained α that all such places of a network share; see {@link Scale.Learned}.
   *
   * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
   */
  public static Activation shared(ActivationFunction function, double initialAlpha) {
    return new Activation(function, new Scale.Learned(initialAlpha, true));
  }

  /**
   * f(α·z) with a trained α, as in Dynamic Tanh; see {@link Scale.Dynamic}.
   *
   * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
   */
  public static Activation dynamic(ActivationFunction function, double initialAlpha) {
    return new Activation(function, new Scale.Dynamic(initialAlpha));
  }

  /**
   * factor·f(z).
   *
   * @throws IllegalArgumentException if the factor is not in [10⁻³⁰, 10³⁰]
   */
  public static Activation naive(ActivationFunction function, double factor) {
    return new Activation(function, new Scale.Naive(factor));
  }

  /** True where α is a parameter of the network. */
  public boolean isLearned() {
    return scale instanceof Scale.Trained;
  }

  /** The factor in front of f; see {@link Scale#outer}. */
  public double outer() {
    return scale.outer();
  }

  /** The factor in front of z; see {@link Scale#inner}. */
  public double inner() {
    return scale.inner();
  }

  /**
   * With a fixed α multiplied; a learned α finds its own way, and naive scaling stays.
   *
   * @throws IllegalArgumentException if a fixed α is then not in [10⁻³⁰, 10³⁰]
   */
  public Activation times(double factor) {
    return new Activation(function, scale.times(factor));
  }

  /** The value outer·f(inner·z). */
  public double value(double z) {
    return outer() * function.value(inner() * z);
  }

  /** The derivative by z: outer·inner·f′(inner·z). */
  public double derivative(double z) {
    return outer() * inner() * function.derivative(inner() * z);
  }

  /**
   * The derivative by the scale: ∂f_α/∂α = f(z/α) − (z/α)·f′(z/α); for naive scaling f(z), for a
   * dynamic scale z·f′(α·z).
   *
   * <p>The error is absolute, a few units in the last place of f: the two terms nearly cancel where
   * f is nearly linear, as it is for small z/α.
   *
   * @param z any finite number
   */
  public double scaleDerivative(double z) {
    double u = inner() * z;
    return scale.derivative(function.value(u), u, function.derivative(u));
  }

  /** As in legends: {@code tanh}, {@code tanh, α = 2}, {@code tanh, α learned}, {@code 2·tanh}. */
  @Override
  public String toString() {
    return scale.of(function.label());
  }
}
