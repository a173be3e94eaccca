/**
 * The theory of Ven &amp; Lederer (2021), section 2, to be evaluated and audited.
 *
 * <p>In reading order: {@link org.unvanish.theory.ChainNetwork}, the chain of neurons that the
 * theorems speak of; {@link org.unvanish.theory.ChainPass}, its output and derivatives at an input;
 * {@link org.unvanish.theory.ChainLoss}, the loss with the penalty and its gradients; {@link
 * org.unvanish.theory.WideNumber}, in which all of them are given.
 */
package org.unvanish.theory;
