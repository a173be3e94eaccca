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
  }

  /** The same rescaling with α as a parameter of the network (section 2.3: "can be learned"). */
  record Learned(double initialAlpha) implements Scale {
    /**
     * @throws IllegalArgumentException if the initial α is not in [10⁻³⁰, 10³⁰]
     */
    public Learned {
      requireInRange("initialAlpha", initialAlpha);
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
  }

  private static void requireInRange(String name, double value) {
    if (!(value >= 1e-30 && value <= 1e30)) {
      throw new IllegalArgumentException(
          name + " must be a number from 1e-30 to 1e30, but is " + value);
    }
  }
}
