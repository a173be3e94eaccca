/**
 * The remedies, the gradient monitor and the diagnosis for anyone's Deep Java Library model.
 *
 * <p>In reading order: {@link org.unvanish.djl.ScaledActivation}, a block with the paper's scaled
 * function; {@link org.unvanish.djl.PenaltyLoss}, a loss with the paper's penalty; {@link
 * org.unvanish.djl.Remedies}, which scales a model that is there already; {@link
 * org.unvanish.djl.GradientMonitor}, a listener that records gradients; {@link
 * org.unvanish.djl.DjlDiagnosis}, which tells why they vanish, with an {@link
 * org.unvanish.djl.Explanation}; {@link org.unvanish.djl.Constant}, a factor that survives until
 * the backward pass.
 *
 * <p>Inside: {@code ModelParameter} is a parameter under its name, {@code Activations} recognises
 * functions, {@code BlockCopy} copies trees of blocks. {@code PenaltyTerm}, {@code PenaltyHandOver}
 * and {@code PassCounter} are parts of the penalty. {@code FirstStep}, {@code GradientReader},
 * {@code Mirrors} and {@code Score} read a step, {@code StoreSink} and {@code StoredTraining} write
 * epochs of a {@code SeenModel}. {@code Chain}, {@code Passage}, {@code Trace}, {@code Probe},
 * {@code Classes} and {@code LayerReading} are the diagnosis.
 */
package org.unvanish.djl;
