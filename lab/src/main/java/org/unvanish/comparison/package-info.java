/**
 * The results of experiments: their numbers over epochs and seeds, compared.
 *
 * <p>In reading order: {@link org.unvanish.comparison.Metric}, the numbers that are followed over
 * the epochs; {@link org.unvanish.comparison.Summary}, all of them over the seeds; {@link
 * org.unvanish.comparison.RunMeasure}, a number that summarises a run; {@link
 * org.unvanish.comparison.Comparison}, two arms paired by seed; {@link
 * org.unvanish.comparison.PairwiseComparison}, all pairs, and {@link
 * org.unvanish.comparison.BestArms}, of which arms where there are many; {@link
 * org.unvanish.comparison.ComparisonTable} and {@link org.unvanish.comparison.ResultTable}, to show
 * them; {@link org.unvanish.comparison.ExperimentVerdict}, in sentences, {@link
 * org.unvanish.comparison.WinnerText}, in one, and {@link
 * org.unvanish.comparison.ExperimentConclusion}, in a paragraph, with {@link
 * org.unvanish.comparison.ChanceLevel}, the score of guessing; {@link
 * org.unvanish.comparison.RaceSummary}, what a race saved; {@link
 * org.unvanish.comparison.ProofVerdict} and {@link org.unvanish.comparison.ProofText}, whether a
 * prescription is proved; {@link org.unvanish.comparison.ShownNumber} and {@link
 * org.unvanish.comparison.Table}, how numbers are shown.
 */
package org.unvanish.comparison;
