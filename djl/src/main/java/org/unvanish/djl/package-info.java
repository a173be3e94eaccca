/**
 * The remedies, the gradient monitor and the diagnosis for anyone's Deep Java Library model.
 *
 * <p>In reading order: {@link org.unvanish.djl.ScaledActivation}, a block with the paper's scaled
 * function; {@link org.unvanish.djl.PenaltyLoss}, a loss with the paper's penalty; {@link
 * org.unvanish.djl.Remedies}, which scales an existing model; {@link
 * org.unvanish.djl.GradientMonitor}, a listener that records gradients; {@link
 * org.unvanish.djl.DjlDiagnosis}, which finds out why they vanish, with an {@link
 * org.unvanish.djl.Explanation}; {@link org.unvanish.djl.Constant}, a factor that survives until
 * the backward pass.
 *
 * <p>The packages below are their parts and may change: {@link org.unvanish.djl.model}, {@link
 * org.unvanish.djl.penalty}, {@link org.unvanish.djl.monitor} and {@link org.unvanish.djl.probe}.
 */
package org.unvanish.djl;
