package org.unvanish.theory;

/** The parts of the paper's theory that are audited. */
public enum Topic {
  /** Theorem 1, the large-parameters regime, with the steps of its proof. */
  THEOREM1,
  /** Theorem 2, the many-layers regime, with the steps of its proof. */
  THEOREM2,
  /** f_α(f_α(… f_α(z))) = α·f(f(… f(z/α))). */
  IDENTITY,
  /** The four properties that the theorems are said to rest on. */
  PROPERTIES,
  /** The invariance of relu under rescaling. */
  RELU,
  /** The explosion under naive scaling. */
  NAIVE,
  /** What α is: inputs ÷ α, biases ÷ α and logits × α, in training as well. */
  PROPOSITION1
}
