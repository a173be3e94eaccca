/**
 * The experiments of Ven &amp; Lederer (2021), "Regularization and Reparameterization Avoid
 * Vanishing Gradients in Sigmoid-Type Networks".
 *
 * <p>In reading order: {@link org.unvanish.paper.PaperSpecs}, its figures and tables as specs;
 * {@link org.unvanish.paper.Assumption}, a point that the paper leaves open and what an experiment
 * does about it.
 */
package org.unvanish.paper;
