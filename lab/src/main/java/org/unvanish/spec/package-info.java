/**
 * Specs: experiments as short YAML files, read strictly.
 *
 * <p>In reading order: {@link org.unvanish.spec.ExperimentSpec}, what a file says; {@link
 * org.unvanish.spec.LayerSpec} and {@link org.unvanish.spec.ArmSpec}, its parts, and {@link
 * org.unvanish.spec.Written}, how it was written; {@link org.unvanish.spec.Overrides}, what a
 * command line changes; {@link org.unvanish.spec.SpecWords}, the words of both, with {@code
 * OtherWords}, those of other programs; {@link org.unvanish.spec.Plan}, what it comes to; {@link
 * org.unvanish.spec.Remedied}, a spec that follows a prescription, and {@link
 * org.unvanish.spec.ProofSpec}, the experiment that proves one; {@link
 * org.unvanish.spec.SpecException}, the error that a broken file leads to, with all its {@code
 * Problems}; {@link org.unvanish.spec.Place}, where it is; {@link org.unvanish.spec.Nearest}, which
 * guesses what was meant.
 *
 * <p>A text becomes a tree whose nodes know their places ({@link org.unvanish.spec.YamlReader}),
 * the tree becomes a spec ({@link org.unvanish.spec.SpecReader}), and a spec and data become an
 * {@link org.unvanish.experiment.Experiment}.
 */
package org.unvanish.spec;
