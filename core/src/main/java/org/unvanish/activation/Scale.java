package org.unvanish.activation;

/** How an {@link Activation} scales its base function. */
public sealed interface Scale {

  /** The rescaling of Ven &amp; Lederer (2021), equation (1), with a given α: α·f(z/α). */
  record Fixed(double alpha) implements Scale {
    /**
     * @throws IllegalArgumentException if α is not a finite number above 0
     */
    public Fixed {
      requirePositive("alpha", alpha);
    }
  }

  /** The same rescaling with α as a parameter of the network (section 2.3: "can be learned"). */
  record Learned(double initialAlpha) implements Scale {
    /**
     * @throws IllegalArgumentException if the initial α is not a finite number above 0
     */
    public Learned {
      requirePositive("initialAlpha", initialAlpha);
    }
  }

  /** "Naive scaling" factor·f(z), the paper's counterexample whose gradients explode. */
  record Naive(double factor) implements Scale {
    /**
     * @throws IllegalArgumentException if the factor is not a finite number above 0
     */
    public Naive {
      requirePositive("factor", factor);
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }
}
