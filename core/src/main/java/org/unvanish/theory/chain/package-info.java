/**
 * The chain of neurons that the theorems of Ven &amp; Lederer (2021), section 2, speak of.
 *
 * <p>In reading order: {@link org.unvanish.theory.chain.ChainNetwork}; {@link
 * org.unvanish.theory.chain.ChainPass}, its output and derivatives at an input; {@link
 * org.unvanish.theory.chain.ChainLoss}, the loss with the penalty and its gradients; {@link
 * org.unvanish.theory.chain.WideNumber}, in which they are given, with {@code WideActivation} and
 * {@code Decimal}; {@link org.unvanish.theory.chain.TheoremBounds}, what the theorems compare them
 * with; {@link org.unvanish.theory.chain.TheoremThresholds}, where their conditions hold, each a
 * {@link org.unvanish.theory.chain.Bracket} found by interval arithmetic on an {@link
 * org.unvanish.theory.chain.Enclosure}.
 */
package org.unvanish.theory.chain;
