/**
 * The experiments of Ven &amp; Lederer (2021), "Regularization and Reparameterization Avoid
 * Vanishing Gradients in Sigmoid-Type Networks".
 *
 * <p>In reading order: {@link org.unvanish.paper.PaperSpecs}, its figures and tables as specs, with
 * the claims; {@link org.unvanish.paper.Assumption}, a point that the paper leaves open and what an
 * experiment does about it; {@link org.unvanish.paper.Reading}, another way to read such points;
 * {@link org.unvanish.paper.Sensitivity} with {@link org.unvanish.paper.SensitivityText}, what the
 * claims come to under each; {@link org.unvanish.paper.RuntimeTable}, table 4.
 *
 * <p>Inside: {@code Assumptions} reads them off an experiment, {@code PaperReading} turns them into
 * the options of {@code unvanish reproduce}, and {@code PaperClaims} are all claims.
 */
package org.unvanish.paper;
