/**
 * The experiments of Ven &amp; Lederer (2021), "Regularization and Reparameterization Avoid
 * Vanishing Gradients in Sigmoid-Type Networks".
 *
 * <p>In reading order: {@link org.unvanish.paper.PaperSpecs}, its figures and tables as specs;
 * {@code PaperExperiment}, which tells them by what their arms train; {@link
 * org.unvanish.paper.Assumption}, a point that the paper leaves open and what an experiment does
 * about it; {@link org.unvanish.paper.Claim}, something that the paper says, and {@link
 * org.unvanish.paper.JudgedClaim} with {@link org.unvanish.paper.ClaimVerdict}, what an experiment
 * says of it; {@link org.unvanish.paper.ClaimText}, all of them as text; {@link
 * org.unvanish.paper.RuntimeTable}, table 4.
 *
 * <p>Inside: {@code Assumptions} reads them off an experiment, {@code Claims} are all claims, and
 * {@code Checks} the ways in which they are judged.
 */
package org.unvanish.paper;
