/**
 * Training, one run at a time.
 *
 * <p>In reading order: {@link org.unvanish.train.TrainingSettings} with {@link
 * org.unvanish.optimizer.Optimizer}, {@link org.unvanish.initialization.Initialization} and {@link
 * org.unvanish.train.RecordedSteps}, the settings of a run; {@link org.unvanish.train.Trainer},
 * which trains it; {@link org.unvanish.train.TrainingObserver}, which receives {@link
 * org.unvanish.train.TrainingStep steps} and {@link org.unvanish.train.EpochRecord epochs} with
 * their {@link org.unvanish.train.ParameterGradient gradients} and {@link
 * org.unvanish.train.UpdateRatio updates} and {@link org.unvanish.train.ValueSize sizes}, and
 * answers with a {@link org.unvanish.train.TrainingDecision}; {@link
 * org.unvanish.train.Checkpoint}, from which a run resumes; {@link
 * org.unvanish.train.TrainingOutcome}, how it ended.
 *
 * <p>In one expression: {@link org.unvanish.train.Training}, which ends in a {@link
 * org.unvanish.train.Model} with its {@link org.unvanish.train.TrainingHistory}, or in a {@link
 * org.unvanish.train.DivergedException}.
 *
 * <p>What computes a run's numbers is an {@link org.unvanish.train.ComputeBackend}, with its {@link
 * org.unvanish.train.BatchGradients} and {@link org.unvanish.train.OutputSizes}: the engine's own
 * {@code LaneBackend}, or another library.
 *
 * <p>{@link org.unvanish.train.MemoryNeed} says what a run takes before it is begun.
 *
 * <p>For programs that watch another program's training: {@link
 * org.unvanish.train.GradientRecorders}, which makes {@link org.unvanish.train.ParameterGradient}s
 * of gradients.
 *
 * <p>Inside: {@link org.unvanish.internal.stage.LaneNetwork} lays a network out on the kernels;
 * {@code PenaltyGradient}, {@code Evaluator} and {@code UpdateRecorder} are a step's other parts.
 * {@code ModelFile} is a saved model, with its network in {@code NetworkForm}.
 */
package org.unvanish.train;
