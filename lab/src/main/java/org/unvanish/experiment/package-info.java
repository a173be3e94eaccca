/**
 * Experiments: what is compared, and the results.
 *
 * <p>In reading order: {@link org.unvanish.experiment.Arm}, one configuration that is compared,
 * with its {@link org.unvanish.experiment.Recipe} and {@link org.unvanish.experiment.Backend};
 * {@link org.unvanish.experiment.Experiment}, arms and seeds on one data set, of which it has the
 * {@link org.unvanish.experiment.DataDescription}, and {@link org.unvanish.experiment.Sweep}, what
 * the arms vary, with its {@link org.unvanish.experiment.Racing}; {@link
 * org.unvanish.experiment.Shard}, a part of its runs; {@link org.unvanish.experiment.Run}, one arm
 * with one seed; {@link org.unvanish.experiment.Definition}, all that decides an arm's runs; {@link
 * org.unvanish.experiment.RunOutcome} and {@link org.unvanish.experiment.RunResult}, what became of
 * a run, with its {@link org.unvanish.experiment.StoredEpochs} where they are read from a store;
 * {@link org.unvanish.experiment.DroppedArm}, one that a race did not train to the end; {@link
 * org.unvanish.experiment.ExperimentResult}, all of them.
 *
 * <p>How runs are executed is {@link org.unvanish.experiment.execution}.
 *
 * <p>Inside: {@code DefinitionWriter} writes a definition.
 */
package org.unvanish.experiment;
