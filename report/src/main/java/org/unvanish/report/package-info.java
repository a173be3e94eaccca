/**
 * The files of an experiment.
 *
 * <p>In reading order: {@link org.unvanish.report.Report}, which writes all of them; {@link
 * org.unvanish.report.CsvFiles}, {@link org.unvanish.report.ThroughTimeCsv}, {@link
 * org.unvanish.report.DroppedCsv} and {@link org.unvanish.report.ClaimCsv}, the numbers for other
 * programs; {@link org.unvanish.report.CsvText}, in which they are written; {@link
 * org.unvanish.report.SensitivityCsv} and {@link org.unvanish.report.SensitivityMarkdown}, the
 * paper's claims under several readings.
 */
package org.unvanish.report;
