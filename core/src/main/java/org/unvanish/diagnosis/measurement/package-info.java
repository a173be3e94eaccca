/**
 * Turns measured backward passes into evidence, whether the engine, Deep Java Library or an
 * imported model computes them.
 *
 * <p>In reading order: {@link org.unvanish.diagnosis.measurement.StackLayer} and {@link
 * org.unvanish.diagnosis.measurement.StackTensor}, the layer stack that is measured; {@link
 * org.unvanish.diagnosis.measurement.BackwardMeasurement}, which gathers a window of mini-batches;
 * {@link org.unvanish.diagnosis.measurement.BackwardPass}, one of them, kept as a {@code
 * MeasuredBatch}; {@link org.unvanish.diagnosis.measurement.LayerGradient}, the gradient at one
 * layer; {@link org.unvanish.diagnosis.measurement.TimePass}, the same through the {@link
 * org.unvanish.diagnosis.measurement.StepSquares steps} of a recurrent one, of which {@code
 * TimeMeasurement} makes evidence; {@link org.unvanish.diagnosis.measurement.PreActivationCounts},
 * where pre-activations lie; {@link org.unvanish.diagnosis.measurement.NumbersMeasurement}, outputs
 * compared with targets that are numbers, with the {@code OutputRange} of an activation; {@link
 * org.unvanish.diagnosis.measurement.ScaledSum}, a sum beyond the range of a double.
 */
package org.unvanish.diagnosis.measurement;
