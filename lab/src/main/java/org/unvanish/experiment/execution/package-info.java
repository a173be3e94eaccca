/**
 * How the runs of an experiment are executed.
 *
 * <p>In reading order: {@link org.unvanish.experiment.execution.ExperimentRunner}, which makes a
 * {@link org.unvanish.experiment.execution.RunTask} of every run that is not done; {@link
 * org.unvanish.experiment.execution.RunExecutor}, which takes them and answers with {@link
 * org.unvanish.experiment.execution.RunEvents}; {@link
 * org.unvanish.experiment.execution.LocalExecutor}, the one on this process's threads; {@link
 * org.unvanish.experiment.execution.RunWorker}, which does one task, by a {@link
 * org.unvanish.experiment.execution.RunTrainer} for each backend; {@link
 * org.unvanish.experiment.execution.Earlier} and {@link
 * org.unvanish.experiment.execution.RunProgress}, what there is already; {@link
 * org.unvanish.experiment.execution.Calibration}, how long it will take.
 *
 * <p>Inside: {@code RunLog} gathers the results and keeps the listeners apart; {@code RunProbe}
 * takes a run's snapshots.
 */
package org.unvanish.experiment.execution;
