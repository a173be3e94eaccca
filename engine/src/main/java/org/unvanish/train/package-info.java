/**
 * Training, one run at a time.
 *
 * <p>In reading order: {@link org.unvanish.train.TrainingSettings} with {@link
 * org.unvanish.train.Optimizer} and {@link org.unvanish.train.InitialValues}, how a run is done;
 * {@link org.unvanish.train.Trainer}, which does it; {@link org.unvanish.train.TrainingObserver},
 * who is told {@link org.unvanish.train.TrainingStep steps} and {@link
 * org.unvanish.train.EpochRecord epochs} with their {@link org.unvanish.train.ParameterGradient
 * gradients}; {@link org.unvanish.train.Checkpoint}, from which a run goes on another day; {@link
 * org.unvanish.train.TrainingOutcome}, how it ended.
 *
 * <p>What computes a run's numbers is an {@link org.unvanish.train.Arithmetic}, with its {@link
 * org.unvanish.train.BatchGradients} and {@link org.unvanish.train.TestScore}: the engine's own
 * {@code LaneArithmetic}, or another library.
 *
 * <p>For a diagnosis: {@link org.unvanish.train.SignalProbe}, which measures a network without
 * training it; {@link org.unvanish.train.TrainingProbe}, which does so at {@link
 * org.unvanish.train.ProbedMoment moments} along a run; {@link org.unvanish.train.ProbedTraining},
 * a run that goes on for as long as it is probed; {@link org.unvanish.train.Prescriber}, which
 * tries remedies.
 *
 * <p>For who watches another program's training: {@link org.unvanish.train.GradientRecorders},
 * which makes {@link org.unvanish.train.ParameterGradient}s of gradients.
 *
 * <p>Inside: {@code LaneNetwork} lays a network out as {@code Stage}s on the kernels; {@code
 * Initializer}, {@code PenaltyGradient}, {@code Updater} and {@code Evaluator} are a step's other
 * parts; {@code RandomStream} is where chance comes from. {@code ProbeWindow}, {@code ProbeBatch},
 * {@code SignalTrace}, {@code LayerReading} and {@code ParameterReading} are a probe's parts.
 */
package org.unvanish.train;
