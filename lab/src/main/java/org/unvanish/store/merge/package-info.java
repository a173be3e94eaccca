/**
 * How stores become one, row by row; for {@link org.unvanish.store.StoreMerge} alone.
 *
 * <p>In reading order: {@link org.unvanish.store.merge.MergeSource}, a store that is read; {@link
 * org.unvanish.store.merge.ExperimentMerge}, what was planned; {@link
 * org.unvanish.store.merge.RunMerge}, all runs, with {@code RunRows}, one of them as one store has
 * it, and {@code RunAgreement}, whether two stores have the same; {@link
 * org.unvanish.store.merge.DiagnosisMerge}, what probing found.
 */
package org.unvanish.store.merge;
