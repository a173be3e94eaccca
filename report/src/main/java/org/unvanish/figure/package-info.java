/**
 * Pictures of experiments and of the theory, as SVG, PNG and PDF.
 *
 * <p>In reading order: {@link org.unvanish.figure.Figure}, an experiment for the screen, with
 * {@code Panels}, {@code Caption}, {@code ChartStyle} and {@code PowerOfTenAxis}; {@link
 * org.unvanish.figure.PaperFigure}, the same for print, laid out by {@code PaperSheet}; {@link
 * org.unvanish.figure.TheoryFigures}; {@link org.unvanish.figure.DepthFigure}; {@link
 * org.unvanish.figure.ArmCurvesFigure}, {@link org.unvanish.figure.ArmsFigure} and {@link
 * org.unvanish.figure.LengthFigure}, the results of arms, by {@code FinalScores}; {@link
 * org.unvanish.figure.SensitivityFigure}; {@code Page}, a chart with its caption for the screen;
 * {@code Sheet}, what is drawn and its PNG.
 */
package org.unvanish.figure;
