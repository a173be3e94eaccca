/**
 * Pictures of experiments and of the theory, as SVG, PNG and PDF.
 *
 * <p>In reading order: {@link org.unvanish.figure.Figure}, an experiment for the screen, with
 * {@code ExperimentPage}, {@code Panels}, {@code Legend}, {@link org.unvanish.figure.Caption},
 * {@code ChartStyle} and {@code PowerOfTenAxis}; {@link org.unvanish.figure.PaperFigure}, the same
 * for print, with {@code PaperSheet} and {@code PaperFont}; {@link
 * org.unvanish.figure.TheoryFigures}, with {@code TheoryPage}; {@code Drawing} and {@code Page},
 * what they are drawn on; {@link org.unvanish.figure.PngFile} and {@code PdfFile}, what becomes of
 * them.
 */
package org.unvanish.figure;
