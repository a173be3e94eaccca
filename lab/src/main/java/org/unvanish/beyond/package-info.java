/**
 * Experiments beyond Ven &amp; Lederer (2021): what of α acts, how much of α and of the penalty is
 * right, and what else helps. docs/beyond-the-paper.md tells what came out.
 *
 * <p>In reading order: {@link org.unvanish.beyond.BeyondSpecs}, the experiments as specs; {@code
 * BeyondClaims}, what was expected of them; {@link org.unvanish.beyond.ArmCurves}, those whose arms
 * differ in one number; {@link org.unvanish.beyond.EscapeTable}, what a penalty did to the weights;
 * {@link org.unvanish.beyond.SweepSpecs}, a sweep of which nothing was expected.
 *
 * <p>One is measured and not trained: {@link org.unvanish.beyond.InitialProbes} makes its {@link
 * org.unvanish.beyond.MeasuredArm}s with their {@link org.unvanish.beyond.SeedFactors}; {@link
 * org.unvanish.beyond.ForecastTable} shows them, and {@link org.unvanish.beyond.DepthClaims} judges
 * them.
 */
package org.unvanish.beyond;
