package org.unvanish.penalty;

/**
 * A penalty on the parameters that is added to the loss, with its gradient.
 *
 * <p>A penalty is separable: a sum of one term per coordinate. The gradient at a coordinate depends
 * on that coordinate alone, which is what the engine and the theory need.
 *
 * @since 0.1
 */
public sealed interface Penalty {

  /** Which parameters a penalty covers. A learned scale α is never penalised. */
  enum Scope {
    /** Weights and biases, as in the paper. */
    ALL,
    /** Weights alone, as is usual in Keras. */
    WEIGHTS
  }

  /** No penalty. */
  record None() implements Penalty {
    @Override
    public double value(double theta) {
      return 0;
    }

    @Override
    public double gradient(double theta) {
      return 0;
    }

    @Override
    public Scope scope() {
      return Scope.ALL;
    }

    @Override
    public Penalty dividedBy(double divisor) {
      return this;
    }

    @Override
    public boolean isNone() {
      return true;
    }
  }

  /**
   * The paper's ℓ₂ penalty (r/2)·θ² with gradient rθ (Ven &amp; Lederer 2021, section 2.2).
   *
   * @param r the tuning parameter, at least 0
   */
  record L2(double r, Scope scope) implements Penalty {
    /**
     * @throws IllegalArgumentException if r is negative or not finite
     */
    public L2 {
      requireTuning("r", r);
    }

    @Override
    public double value(double theta) {
      return r / 2 * theta * theta;
    }

    @Override
    public double gradient(double theta) {
      return r * theta;
    }

    @Override
    public Penalty dividedBy(double divisor) {
      return new L2(r / divisor, scope);
    }
  }

  /**
   * Keras's ℓ₂ penalty r·θ² with gradient 2rθ: twice the paper's for the same number.
   *
   * @param r the tuning parameter, at least 0
   */
  record KerasL2(double r, Scope scope) implements Penalty {
    /**
     * @throws IllegalArgumentException if r is negative or not finite
     */
    public KerasL2 {
      requireTuning("r", r);
    }

    @Override
    public double value(double theta) {
      return r * theta * theta;
    }

    @Override
    public double gradient(double theta) {
      return 2 * r * theta;
    }

    @Override
    public Penalty dividedBy(double divisor) {
      return new KerasL2(r / divisor, scope);
    }
  }

  /**
   * The ℓ₁ penalty r·|θ| with subgradient r·sign(θ), 0 at 0.
   *
   * @param r the tuning parameter, at least 0
   */
  record L1(double r, Scope scope) implements Penalty {
    /**
     * @throws IllegalArgumentException if r is negative or not finite
     */
    public L1 {
      requireTuning("r", r);
    }

    @Override
    public double value(double theta) {
      return r * Math.abs(theta);
    }

    @Override
    public double gradient(double theta) {
      return r * Math.signum(theta);
    }

    @Override
    public Penalty dividedBy(double divisor) {
      return new L1(r / divisor, scope);
    }
  }

  /**
   * The elastic net r₁·|θ| + (r₂/2)·θ².
   *
   * @param r1 the tuning parameter of the ℓ₁ part, at least 0
   * @param r2 the tuning parameter of the ℓ₂ part in the paper's form, at least 0
   */
  record ElasticNet(double r1, double r2, Scope scope) implements Penalty {
    /**
     * @throws IllegalArgumentException if r₁ or r₂ is negative or not finite
     */
    public ElasticNet {
      requireTuning("r1", r1);
      requireTuning("r2", r2);
    }

    @Override
    public double value(double theta) {
      return r1 * Math.abs(theta) + r2 / 2 * theta * theta;
    }

    @Override
    public double gradient(double theta) {
      return r1 * Math.signum(theta) + r2 * theta;
    }

    @Override
    public Penalty dividedBy(double divisor) {
      return new ElasticNet(r1 / divisor, r2 / divisor, scope);
    }
  }

  /** No penalty. */
  static Penalty none() {
    return new None();
  }

  /**
   * The paper's ℓ₂ penalty over all parameters.
   *
   * @throws IllegalArgumentException if r is negative or not finite
   */
  static Penalty l2(double r) {
    return new L2(r, Scope.ALL);
  }

  /** The penalty of one coordinate. */
  double value(double theta);

  /** The derivative of {@link #value} by the coordinate. */
  double gradient(double theta);

  /** Which parameters it covers. */
  Scope scope();

  /**
   * The same penalty, weaker.
   *
   * @param divisor of all tuning parameters, above 0
   * @throws IllegalArgumentException if a tuning parameter is then negative or not finite
   */
  Penalty dividedBy(double divisor);

  /** Whether it is no penalty at all. */
  default boolean isNone() {
    return false;
  }

  private static void requireTuning(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number of at least 0, but is " + value);
    }
  }
}
