package org.unvanish.theory;

/** The parts of the theory that are audited: the paper's, and Unvanish's own propositions. */
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
  PROPOSITION1,
  /** What α is to a wide network: q in units of α², and biases divided by α. */
  PROPOSITION2,
  /** In a wide network the gradient vanishes only where the signal does. */
  PROPOSITION3,
  /** What α can gain without biases: at most α, at any depth. */
  PROPOSITION4,
  /** With biases α acts at every layer, and one α is critical. */
  PROPOSITION5,
  /** A logistic network is a tanh network with biases. */
  PROPOSITION6,
  /** Which widths the paper's chain speaks for. */
  WIDTH,
  /** What the paper says of scaling and initial weights, in wide networks. */
  PAPER,
  /** Simple recurrent networks: what α and the penalty can do over time. */
  RECURRENT
}
