package org.unvanish.optimizer;

/**
 * How parameters follow the total gradient.
 *
 * @since 0.1
 */
public sealed interface Optimizer {

  /**
   * Adam with bias correction.
   *
   * @param learningRate above 0; the paper's is 0.001
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon above 0
   * @param form where ε stands
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon, EpsilonForm form)
      implements Optimizer {
    /** Kingma &amp; Ba (2015): learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8, their algorithm 1. */
    public static final Adam DEFAULT = new Adam(0.001, 0.9, 0.999, 1e-8, EpsilonForm.KINGMA_BA);

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Adam {
      requirePositive("learning rate", learningRate);
      requireDecay("beta1", beta1);
      requireDecay("beta2", beta2);
      requirePositive("epsilon", epsilon);
    }

    @Override
    public Adam withLearningRate(double rate) {
      return new Adam(rate, beta1, beta2, epsilon, form);
    }

    @Override
    public int momentsPerParameter() {
      return 2;
    }
  }

  /** Where Adam's ε stands: in both forms θ ← θ − η·m̂/(√v̂ + ε′), but ε′ differs. */
  enum EpsilonForm {
    /** ε′ = ε: Kingma &amp; Ba (2015), algorithm 1. */
    KINGMA_BA,
    /**
     * "Epsilon hat", ε′ = ε/√(1 − β₂ᵗ): the reordered form of Kingma &amp; Ba's section 2, which
     * Keras and TensorFlow compute.
     */
    EPSILON_HAT
  }

  /**
   * Stochastic gradient descent: v ← momentum·v + g, θ ← θ − learningRate·v.
   *
   * @param learningRate above 0
   * @param momentum in [0, 1)
   */
  record Sgd(double learningRate, double momentum) implements Optimizer {
    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Sgd {
      requirePositive("learning rate", learningRate);
      requireDecay("momentum", momentum);
    }

    @Override
    public Sgd withLearningRate(double rate) {
      return new Sgd(rate, momentum);
    }

    @Override
    public int momentsPerParameter() {
      return 1;
    }
  }

  /** By how much a step follows the gradient, above 0. */
  double learningRate();

  /** The same optimiser with another learning rate, above 0. */
  Optimizer withLearningRate(double rate);

  /** How many numbers it keeps for each parameter from step to step: 1, or 2. */
  int momentsPerParameter();

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }

  private static void requireDecay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie in [0, 1), but is " + value);
    }
  }
}
