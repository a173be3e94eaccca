/**
 * The parts of the diagnosis. Internal.
 *
 * <p>In reading order: {@link org.unvanish.djl.probe.BlockStack}, a model as a layer stack; {@link
 * org.unvanish.djl.probe.StackMeasurement}, its backward pass over a window of {@link
 * org.unvanish.djl.probe.KeptBatches batches}; {@link org.unvanish.djl.probe.ModelProbe}, which
 * tries remedies. {@link org.unvanish.diagnosis.measurement} makes evidence of what is measured.
 *
 * <p>Inside: {@code StackPass} sends one mini-batch through the stack and its gradient back, {@code
 * RecurrentPass} a recurrent layer's steps, whose formulas are in {@code RecurrentLayer}; {@code
 * ClassCounts} counts what is predicted.
 */
package org.unvanish.djl.probe;
