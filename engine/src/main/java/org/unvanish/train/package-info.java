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
 * <p>In one expression: {@link org.unvanish.train.Training}, which ends in a {@link
 * org.unvanish.train.Model} with its {@link org.unvanish.train.TrainingHistory}, or in a {@link
 * org.unvanish.train.DivergedException}.
 *
 * <p>What computes a run's numbers is an {@link org.unvanish.train.Arithmetic}, with its {@link
 * org.unvanish.train.BatchGradients} and {@link org.unvanish.train.TestScore}: the engine's own
 * {@code LaneArithmetic}, or another library.
 *
 * <p>{@link org.unvanish.train.MemoryNeed} says what a run takes before it is begun.
 *
 * <p>For a diagnosis: {@link org.unvanish.train.SignalProbe}, which measures a network without
 * training it; {@link org.unvanish.train.TrainingProbe}, which does so at {@link
 * org.unvanish.train.ProbedMoment moments} along a run; {@link org.unvanish.train.ProbedTraining},
 * a run that goes on for as long as it is probed; {@link org.unvanish.train.Prescriber}, which
 * tries remedies on a {@link org.unvanish.train.RemedyProbe}, of this engine or of another library;
 * {@link org.unvanish.train.ProbeProgress}, who is told how far they are; {@link
 * org.unvanish.train.ShortTrial}, which tries them by training, as {@link
 * org.unvanish.train.Remedies} make them; {@link org.unvanish.train.DataReading}, what the data
 * have to do with it.
 *
 * <p>For who watches another program's training: {@link org.unvanish.train.GradientRecorders},
 * which makes {@link org.unvanish.train.ParameterGradient}s of gradients.
 *
 * <p>Inside: {@link org.unvanish.internal.stage.LaneNetwork} lays a network out on the kernels;
 * {@code Initializer}, {@code PenaltyGradient}, {@code Updater} and {@code Evaluator} are a step's
 * other parts; {@code RandomStream} is where chance comes from. {@code ProbeWindow}, {@code
 * ProbeBatch}, {@code SignalTrace}, {@code LayerReading} and {@code ParameterReading} are a probe's
 * parts.
 */
package org.unvanish.train;
