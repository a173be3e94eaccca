package org.unvanish.optimizer;

import java.util.OptionalDouble;

/**
 * How parameters follow the total gradient g.
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

    @Override
    public OptionalDouble adamEpsilon() {
      return OptionalDouble.of(epsilon);
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
   * Adam with decoupled weight decay: θ ← θ − η·λ·θ, then Adam's step. Loshchilov &amp; Hutter
   * (2019), algorithm 2, in the form of PyTorch: λ is multiplied by the learning rate of the step,
   * and all trained parameters decay, biases and scales too.
   *
   * @param learningRate above 0
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon above 0; it stands as in {@link EpsilonForm#KINGMA_BA}
   * @param weightDecay λ, at least 0
   */
  record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer {
    /** PyTorch's: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-8, λ 0.01. */
    public static final AdamW DEFAULT = new AdamW(0.001, 0.9, 0.999, 1e-8, 0.01);

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public AdamW {
      requirePositive("learning rate", learningRate);
      requireDecay("beta1", beta1);
      requireDecay("beta2", beta2);
      requirePositive("epsilon", epsilon);
      requireAtLeastZero("weight decay", weightDecay);
    }

    /** The same without its decay. */
    public Adam adam() {
      return new Adam(learningRate, beta1, beta2, epsilon, EpsilonForm.KINGMA_BA);
    }

    @Override
    public AdamW withLearningRate(double rate) {
      return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public int momentsPerParameter() {
      return 2;
    }

    @Override
    public OptionalDouble adamEpsilon() {
      return OptionalDouble.of(epsilon);
    }
  }

  /**
   * Stochastic gradient descent: v ← momentum·v + g, θ ← θ − learningRate·v. Nesterov's in the form
   * of PyTorch: θ ← θ − learningRate·(g + momentum·v).
   *
   * @param learningRate above 0
   * @param momentum in [0, 1); above 0 with Nesterov's
   * @param nesterov whether the momentum is Nesterov's
   */
  record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Sgd {
      requirePositive("learning rate", learningRate);
      requireDecay("momentum", momentum);
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("Nesterov's momentum must be above 0, but is 0");
      }
    }

    /**
     * With the usual momentum.
     *
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Sgd(double learningRate, double momentum) {
      this(learningRate, momentum, false);
    }

    @Override
    public Sgd withLearningRate(double rate) {
      return new Sgd(rate, momentum, nesterov);
    }

    @Override
    public int momentsPerParameter() {
      return 1;
    }
  }

  /**
   * RMSprop in the form of PyTorch: s ← ρ·s + (1 − ρ)·g², v ← momentum·v + g/(√s + ε), θ ← θ −
   * learningRate·v. Hinton's lecture 6e (2012) has no momentum.
   *
   * @param learningRate above 0
   * @param rho ρ, decay of the mean square; PyTorch calls it alpha, in [0, 1)
   * @param epsilon above 0, outside of the root
   * @param momentum in [0, 1)
   */
  record RmsProp(double learningRate, double rho, double epsilon, double momentum)
      implements Optimizer {
    /** PyTorch's: learning rate 0.01, ρ 0.99, ε 1e-8, no momentum. */
    public static final RmsProp DEFAULT = new RmsProp(0.01, 0.99, 1e-8, 0);

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public RmsProp {
      requirePositive("learning rate", learningRate);
      requireDecay("rho", rho);
      requirePositive("epsilon", epsilon);
      requireDecay("momentum", momentum);
    }

    @Override
    public RmsProp withLearningRate(double rate) {
      return new RmsProp(rate, rho, epsilon, momentum);
    }

    @Override
    public int momentsPerParameter() {
      return 2;
    }
  }

  /**
   * Adagrad, Duchi, Hazan &amp; Singer (2011), in the form of PyTorch: s ← s + g², θ ← θ −
   * learningRate·g/(√s + ε); s starts at 0.
   *
   * @param learningRate above 0
   * @param epsilon above 0
   */
  record Adagrad(double learningRate, double epsilon) implements Optimizer {
    /** PyTorch's: learning rate 0.01, ε 1e-10. */
    public static final Adagrad DEFAULT = new Adagrad(0.01, 1e-10);

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Adagrad {
      requirePositive("learning rate", learningRate);
      requirePositive("epsilon", epsilon);
    }

    @Override
    public Adagrad withLearningRate(double rate) {
      return new Adagrad(rate, epsilon);
    }

    @Override
    public int momentsPerParameter() {
      return 1;
    }
  }

  /** By how much a step follows the gradient, above 0. */
  double learningRate();

  /** The same optimizer with another learning rate, above 0. */
  Optimizer withLearningRate(double rate);

  /** How many numbers it keeps for each parameter from step to step: 1, or 2. */
  int momentsPerParameter();

  /**
   * The ε of an optimizer of Adam's family, below which a gradient moves little; empty for others.
   */
  default OptionalDouble adamEpsilon() {
    return OptionalDouble.empty();
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }

  private static void requireAtLeastZero(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number of at least 0, but is " + value);
    }
  }

  private static void requireDecay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie in [0, 1), but is " + value);
    }
  }
}
