/**
 * What a backward pass through a network does to the gradient, layer by layer.
 *
 * <p>In reading order: {@link org.unvanish.probe.GradientProbe}, which measures a network without
 * training it; {@link org.unvanish.probe.TrainingProbe}, which does so at {@link
 * org.unvanish.probe.ProbedSnapshot ProbedSnapshots} along a run; {@link
 * org.unvanish.probe.ProbedTraining}, a run that lasts for as long as it is probed; {@link
 * org.unvanish.probe.ProbeProgress}, which receives their progress; {@link
 * org.unvanish.probe.DataReading}, the data's part in it; {@link org.unvanish.probe.RemedyProbe},
 * the questions to a probe, of this engine or of another library; {@link
 * org.unvanish.probe.AppliedRemedies}, networks and settings with a remedy, and {@link
 * org.unvanish.probe.OutputRemedies}, at the network's end; {@link
 * org.unvanish.probe.LayerFactors}, factors before layers; {@link org.unvanish.probe.LeastLoss},
 * what perfect outputs leave of a loss.
 *
 * <p>Inside: {@code ProbeWindow} sends mini-batches through the engine, {@code NetworkStack}
 * describes the layers that they pass through, {@code LayerProbe} looks at one layer of it, {@code
 * TimeProbe} at the steps of a recurrent one, and {@code OutputReading} at what comes out; {@code
 * LaneGradient} and the {@code SaturationCounter}s read the engine's vectors. {@code UpdateSizes}
 * is how far the last steps have moved the parameters. {@link org.unvanish.diagnosis.measurement}
 * makes evidence of it.
 */
package org.unvanish.probe;
