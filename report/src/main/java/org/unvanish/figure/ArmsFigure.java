package org.unvanish.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.statistics.Spread;

/**
 * What an experiment's arms come to, one below the other: the final test score and the one over all
 * epochs, with their quartiles over the seeds, against the first arm's. Of many arms it is easier
 * to read than {@link Figure}'s lines.
 */
public final class ArmsFigure {

  /** Up to so many arms, {@link Figure}'s lines can be told apart. */
  private static final int FEW = 8;

  private static final int ROW_HEIGHT = 30;
  private static final int HEAD_HEIGHT = 190;

  /** Room for an arm's name. */
  private static final int NAME_WIDTH = 480;

  /** By how much the two scores stand apart, as a share of a row. */
  private static final double APART = 0.3;

  private static final Color BAND = new Color(0xF3F3F3);

  private final Experiment experiment;
  private final FinalScores scores;

  /**
   * @param result with at least one finished run, of an experiment that {@link #suits}
   */
  public ArmsFigure(ExperimentResult result) {
    this.experiment = result.experiment();
    this.scores = FinalScores.of(result);
  }

  /** Whether an experiment has many arms, and all report the same score first. */
  public static boolean suits(Experiment experiment) {
    return experiment.arms().size() > FEW
        && experiment.arms().stream().map(arm -> arm.recipe().headline()).distinct().count() == 1;
  }

  /** The name of the files of an experiment's figure, without their endings. */
  public static String fileName(String experiment) {
    return experiment + "-arms";
  }

  /**
   * Writes {@code NAME-arms.svg} and {@code NAME-arms.png} into an existing folder, each
   * atomically, where NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Sheet.requireFonts();
    XYPlot plot = plot();
    Arm first = experiment.arms().get(0);
    Optional<Spread> measured = scores.of(first, scores.last());
    measured.ifPresent(
        level ->
            plot.addDomainMarker(
                new ValueMarker(level.mean(), ChartStyle.colour(0), ChartStyle.SCREEN.dashes()),
                Layer.BACKGROUND));
    JFreeChart chart = Page.chart(experiment, plot, new LegendTitle(plot));
    int height = HEAD_HEIGHT + experiment.arms().size() * ROW_HEIGHT;
    List<String> caption =
        scores.caption(
            measured.map(
                level ->
                    "Dashed line: %s of “%s”.".formatted(scores.last().label(), first.name())));
    return new Page(chart, height, caption).write(folder, fileName(experiment.name()));
  }

  private XYPlot plot() {
    XIntervalSeriesCollection all = new XIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setUseFillPaint(true);
    for (int i = 0; i < scores.measures().size(); i++) {
      RunMeasure measure = scores.measures().get(i);
      boolean filled = measure == scores.last();
      all.addSeries(series(measure, filled ? -APART / 2 : APART / 2));
      renderer.setSeriesPaint(i, ChartStyle.colour(i));
      renderer.setSeriesFillPaint(i, filled ? ChartStyle.colour(i) : Color.WHITE);
      renderer.setSeriesStroke(i, filled ? ChartStyle.SCREEN.line() : ChartStyle.SCREEN.dashes());
      renderer.setSeriesShape(i, ChartStyle.SCREEN.marker(i));
    }
    XYPlot plot = ChartStyle.SCREEN.styled(new XYPlot(all, scores.axis(), names(), renderer));
    plot.setRangeGridlinesVisible(false);
    return plot;
  }

  /** A row for each arm, the first one on top. */
  private ValueAxis names() {
    Font font = ChartStyle.SCREEN.tick();
    FontMetrics metrics = Sheet.measure(font);
    SymbolAxis axis =
        new SymbolAxis(
            null,
            experiment.arms().stream()
                .map(arm -> Sheet.fit(arm.name(), metrics, NAME_WIDTH))
                .toArray(String[]::new));
    axis.setInverted(true);
    axis.setGridBandPaint(BAND);
    return ChartStyle.SCREEN.styled(axis);
  }

  /**
   * @param shift by how much of a row the markers stand below its middle
   */
  private XIntervalSeries series(RunMeasure measure, double shift) {
    XIntervalSeries series = new XIntervalSeries(measure.label());
    for (int row = 0; row < experiment.arms().size(); row++) {
      Arm arm = experiment.arms().get(row);
      double y = row + shift;
      scores.of(arm, measure).ifPresent(s -> series.add(s.mean(), s.q25(), s.q75(), y));
    }
    return series;
  }
}
