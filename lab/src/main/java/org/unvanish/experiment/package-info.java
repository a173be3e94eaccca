/**
 * Experiments: many runs, started in a fair order and spread over the cores.
 *
 * <p>In reading order: {@link org.unvanish.experiment.Arm}, one configuration that is compared,
 * with its {@link org.unvanish.experiment.Recipe} and {@link org.unvanish.experiment.Backend};
 * {@link org.unvanish.experiment.Experiment}, arms and seeds on one data set, of which it has the
 * {@link org.unvanish.experiment.DataDescription}; {@link org.unvanish.experiment.Run}, one arm
 * with one seed; {@link org.unvanish.experiment.Definition}, all that decides an arm's runs; {@link
 * org.unvanish.experiment.ExperimentRunner}, which executes them, each by a {@link
 * org.unvanish.experiment.Training}, and may probe them; {@link
 * org.unvanish.experiment.ExperimentListener}, which is told how it goes; {@link
 * org.unvanish.experiment.Earlier} and {@link org.unvanish.experiment.Progress}, what there is
 * already; {@link org.unvanish.experiment.RunOutcome} and {@link
 * org.unvanish.experiment.RunResult}, what became of a run; {@link
 * org.unvanish.experiment.ExperimentResult}, all of them; {@link
 * org.unvanish.experiment.Calibration}, how long they will take.
 */
package org.unvanish.experiment;
