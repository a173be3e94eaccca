/**
 * What a backward pass through a network does to the gradient, layer by layer.
 *
 * <p>In reading order: {@link org.unvanish.probe.GradientProbe}, which measures a network without
 * training it; {@link org.unvanish.probe.TrainingProbe}, which does so at {@link
 * org.unvanish.probe.ProbedSnapshot ProbedSnapshots} along a run; {@link
 * org.unvanish.probe.ProbedTraining}, a run that lasts for as long as it is probed; {@link
 * org.unvanish.probe.ProbeProgress}, who is told how far they are; {@link
 * org.unvanish.probe.DataReading}, what the data have to do with it; {@link
 * org.unvanish.probe.RemedyProbe}, what may be asked of a probe, of this engine or of another
 * library.
 *
 * <p>Inside: {@code ProbeWindow}, {@code ProbeBatch}, {@code SignalTrace}, {@code
 * PreActivationCounter}, {@code ScaledSum}, {@code LayerMeasurement} and {@code ParameterReading}
 * are a measurement's parts.
 */
package org.unvanish.probe;
