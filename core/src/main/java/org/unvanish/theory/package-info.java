/**
 * The theory of Ven &amp; Lederer (2021), section 2, to be evaluated and audited.
 *
 * <p>In reading order: {@link org.unvanish.theory.ChainNetwork}, the chain of neurons that the
 * theorems speak of; {@link org.unvanish.theory.ChainPass}, its output and derivatives at an input;
 * {@link org.unvanish.theory.ChainLoss}, the loss with the penalty and its gradients; {@link
 * org.unvanish.theory.WideNumber}, in which all of them are given; {@link
 * org.unvanish.theory.TheoremBounds}, what the theorems compare them with. Then the audit: {@link
 * org.unvanish.theory.Topic}, what can be audited; {@link org.unvanish.theory.Audit}, which tries
 * it; {@link org.unvanish.theory.Finding}, what came out for one statement, with its {@link
 * org.unvanish.theory.Verdict} and the {@link org.unvanish.theory.Bracket} of its condition.
 */
package org.unvanish.theory;
