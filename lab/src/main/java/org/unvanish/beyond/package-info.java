/**
 * Experiments beyond Ven &amp; Lederer (2021): which part of α acts, which α and penalty are right,
 * and what else helps. docs/beyond-the-paper.md has the results.
 *
 * <p>In reading order: {@link org.unvanish.beyond.BeyondSpecs}, the experiments as specs; {@code
 * BeyondClaims}, what was expected of them; {@link org.unvanish.beyond.ArmCurves}, those whose arms
 * differ in one number; {@link org.unvanish.beyond.EscapeTable}, how a penalty shrank the weights;
 * {@link org.unvanish.beyond.SweepSpecs}, a sweep without hypotheses.
 *
 * <p>One is measured and not trained: {@link org.unvanish.beyond.InitialProbes} makes its {@link
 * org.unvanish.beyond.MeasuredArm}s with their {@link org.unvanish.beyond.SeedFactors}; {@link
 * org.unvanish.beyond.ForecastTable} shows them, and {@link org.unvanish.beyond.DepthClaims} judges
 * them.
 */
package org.unvanish.beyond;
