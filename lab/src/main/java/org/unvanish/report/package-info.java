/**
 * What an experiment's results look like: tables, files and figures.
 *
 * <p>In reading order: {@link org.unvanish.report.Metric}, the numbers that are followed over the
 * epochs; {@link org.unvanish.report.Spread}, mean and quartiles of one over the seeds; {@link
 * org.unvanish.report.Summary}, all of them; {@link org.unvanish.report.RunMeasure}, a number that
 * a run comes to; {@link org.unvanish.report.Comparison}, two arms paired by seed, and {@link
 * org.unvanish.report.PairwiseComparison}, all pairs, with {@link
 * org.unvanish.report.ComparisonTable} to show them; {@link org.unvanish.report.ProofVerdict} and
 * {@link org.unvanish.report.ProofText}, whether a prescription is proved; {@link
 * org.unvanish.report.ShownNumber}, how numbers are shown; {@link org.unvanish.report.ResultTable},
 * the end of a terminal session; {@link org.unvanish.report.Table}, how tables come; {@link
 * org.unvanish.report.CsvFiles}, the numbers for other programs; {@link
 * org.unvanish.report.Figure}, the picture, and {@link org.unvanish.report.PaperFigure}, the same
 * for print; {@link org.unvanish.report.TheoryFigures}, pictures of the theory; {@link
 * org.unvanish.report.Report}, which writes all files; {@link org.unvanish.report.ResultFile},
 * which replaces only what Unvanish wrote, and {@link org.unvanish.report.AtomicFile}, all or
 * nothing.
 */
package org.unvanish.report;
