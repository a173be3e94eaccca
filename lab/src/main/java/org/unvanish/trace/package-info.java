/**
 * Trainings that another program has recorded: a hook of Unvanish's in somebody's own PyTorch or
 * Keras program writes a trace of JSON lines, which is diagnosed like any measurement.
 *
 * <p>In reading order: {@link org.unvanish.trace.Trace}, a recorded training, also the hooks and
 * the format's schema; {@code TraceLine}, what stands in a line; {@code TraceReader}, which reads
 * lines; {@code TraceStack}, the model as a layer stack; {@code TraceMeasurement}, one snapshot
 * made a measured backward pass with {@code TracedGradient}s; {@code TraceAdvice}, what to do;
 * {@link org.unvanish.trace.TraceException}, what a broken file leads to.
 */
package org.unvanish.trace;
