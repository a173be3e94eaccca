/**
 * The parts of the gradient monitor. Internal.
 *
 * <p>In reading order: {@link org.unvanish.djl.monitor.FirstStep}, DJL's test that a first step has
 * to pass; {@link org.unvanish.djl.monitor.GradientReader}, which reads the gradients of each step;
 * {@link org.unvanish.djl.monitor.EpochSink}, where epochs go; {@link
 * org.unvanish.djl.monitor.StoreSink}, which writes them into a run store.
 *
 * <p>Inside: {@code SeenModel} is what the first batch shows of a training, {@code DeviceCopies}
 * are its parameters on several devices, {@code StoredTraining} is its run in the store.
 */
package org.unvanish.djl.monitor;
