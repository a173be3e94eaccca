/**
 * Specs: experiments as short YAML files, read strictly.
 *
 * <p>In reading order: {@link org.unvanish.spec.ExperimentSpec}, what a file says, with its {@link
 * org.unvanish.codec.LayerSpec layers} and {@link org.unvanish.spec.ArmSpec arms}, and {@link
 * org.unvanish.spec.Written}, how it was written; {@link org.unvanish.spec.Overrides}, what a
 * command line changes, in the words of {@link org.unvanish.spec.SpecWords}; {@link
 * org.unvanish.spec.Plan}, what it will do; {@link org.unvanish.spec.Remedied}, a spec that follows
 * a prescription, and {@link org.unvanish.spec.ProofSpec}, the experiment that proves one; {@link
 * org.unvanish.spec.Equivalent}, an arm without α that is the same network, and {@link
 * org.unvanish.spec.EquivalentSpec}, a spec of such arms; {@link org.unvanish.spec.draft}, a first
 * spec for somebody's data.
 *
 * <p>A text becomes a tree whose nodes know their places ({@link
 * org.unvanish.codec.yaml.YamlReader}), the tree becomes a spec ({@code SpecReader} with {@code
 * ArmReader} and the codecs of {@link org.unvanish.codec}), and a spec and data become an {@link
 * org.unvanish.experiment.Experiment}. {@code ArmKeys} are the keys of an arm, {@code Overriding}
 * applies what a command line changes, {@code NetworkBinding} fits layers to data. {@code
 * SpecWriter} and {@code ArmWriter} write a spec with all its defaults.
 */
package org.unvanish.spec;
