/**
 * The experiments of Ven &amp; Lederer (2021), "Regularization and Reparameterization Avoid
 * Vanishing Gradients in Sigmoid-Type Networks".
 *
 * <p>In reading order: {@link org.unvanish.paper.PaperNetworks}, the networks of its tables 1 to 3;
 * {@link org.unvanish.paper.PaperExperiments}, the arms that its figures compare; {@link
 * org.unvanish.paper.Assumption}, a point that the paper leaves open and what an experiment does
 * about it.
 */
package org.unvanish.paper;
