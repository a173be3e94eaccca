/**
 * What theory expects of a wide network with independent random weights: mean-field theory.
 *
 * <p>In reading order: {@link org.unvanish.meanfield.GaussianMean}, an integral with its error;
 * {@link org.unvanish.meanfield.Moments}, those that one layer needs; {@link
 * org.unvanish.meanfield.VarianceMap}, from the variance of one layer's pre-activations to that of
 * the next; {@link org.unvanish.meanfield.FixedPoint}, where it ends, with its {@link
 * org.unvanish.meanfield.Phase} and depth scales; {@link org.unvanish.meanfield.Point}, the plane
 * of gain and bias; {@link org.unvanish.meanfield.CriticalLine}, where gradients neither vanish nor
 * explode.
 *
 * <p>Of layers with few units: {@link org.unvanish.meanfield.TypicalFactor}; of a stack of {@link
 * org.unvanish.meanfield.DenseLayer}s: {@link org.unvanish.meanfield.DenseStack}, and {@link
 * org.unvanish.meanfield.AlphaGain}, what a scale α can do for it. Of a layer that reads a
 * sequence: {@link org.unvanish.meanfield.RecurrentStack}. {@link org.unvanish.meanfield.EscapeLaw}
 * is how a penalty makes parameters smaller.
 */
package org.unvanish.meanfield;
