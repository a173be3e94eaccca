/**
 * Experiments on sequences: do the remedies of Ven &amp; Lederer (2021) "apply much more generally,
 * such as to recurrent neural networks"?
 *
 * <p>In reading order: {@link org.unvanish.sequences.SequenceSpecs}, the experiments as specs;
 * {@code SequenceClaims}, what was expected of them.
 */
package org.unvanish.sequences;
