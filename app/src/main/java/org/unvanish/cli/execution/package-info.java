/**
 * Work that commands do in a folder: diagnoses, experiments, proofs.
 *
 * <p>In reading order: {@link org.unvanish.cli.execution.Execution}, experiments that share a
 * folder, with their {@link org.unvanish.cli.execution.ExecutionResult}; {@link
 * org.unvanish.cli.execution.Backends}, what computes them; {@link
 * org.unvanish.cli.execution.MemoryPlan}, whether they fit; {@link
 * org.unvanish.cli.execution.OutputFolder}, where results go; {@link
 * org.unvanish.cli.execution.StoredExperiments}, experiments read back from a folder; {@link
 * org.unvanish.cli.execution.MergedFolder}, several folders as one; {@link
 * org.unvanish.cli.execution.Examiner}, the diagnosis of one run; {@link
 * org.unvanish.cli.execution.Proof}, the proof of a prescription by training.
 *
 * <p>Inside: {@code Machines} execute the runs; {@code ExperimentFiles} and {@code SpecCopy} are
 * the files that an execution writes; {@code ShardedExperiment} says what may be trained in shards.
 */
package org.unvanish.cli.execution;
