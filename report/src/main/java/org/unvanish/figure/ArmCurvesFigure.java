package org.unvanish.figure;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.unvanish.beyond.ArmCurves;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/**
 * What becomes of an experiment's arms along the number in which they differ: the final test score
 * and the one over all epochs, with their quartiles over the seeds.
 */
public final class ArmCurvesFigure {

  private static final Color TRANSPARENT = new Color(0, 0, 0, 0);

  private static final int CHART_HEIGHT = 560;

  private final Experiment experiment;
  private final FinalScores scores;
  private final ArmCurves sweep;

  /**
   * @param result with at least one finished run
   * @param sweep of its experiment
   */
  public ArmCurvesFigure(ExperimentResult result, ArmCurves sweep) {
    this.experiment = result.experiment();
    this.scores = FinalScores.of(result);
    this.sweep = sweep;
  }

  /** The name of the files of an experiment's figure, without their endings. */
  public static String fileName(String experiment) {
    return experiment + "-sweep";
  }

  /**
   * Writes {@code NAME-sweep.svg} and {@code NAME-sweep.png} into an existing folder, each
   * atomically, where NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Sheet.requireFonts();
    XYPlot plot = plot();
    JFreeChart chart = Page.chart(experiment, plot, new LegendTitle(plot));
    List<String> caption =
        scores.caption(
            sweep.levels().isEmpty()
                ? Optional.empty()
                : Optional.of(
                    "Dashed levels: %s of the other arms.".formatted(scores.last().label())));
    return new Page(chart, CHART_HEIGHT, caption).write(folder, fileName(experiment.name()));
  }

  private XYPlot plot() {
    XYPlot plot = ChartStyle.SCREEN.styled(new XYPlot(null, axis(), scores.axis(), null));
    YIntervalSeriesCollection all = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    for (int curve = 0; curve < sweep.curves().size(); curve++) {
      for (RunMeasure measure : scores.measures()) {
        int place = all.getSeriesCount();
        boolean first = measure == scores.last();
        all.addSeries(series(sweep.curves().get(curve), measure));
        renderer.setSeriesPaint(place, ChartStyle.colour(curve));
        renderer.setSeriesStroke(
            place, first ? ChartStyle.SCREEN.line(curve) : ChartStyle.SCREEN.dashes(curve));
        renderer.setSeriesShape(place, ChartStyle.SCREEN.marker(curve));
        renderer.setSeriesShapesFilled(place, first);
      }
    }
    plot.setDataset(all);
    plot.setRenderer(renderer);
    for (int i = 0; i < sweep.levels().size(); i++) {
      int colour = sweep.curves().size() + i;
      Arm arm = sweep.levels().get(i);
      scores
          .of(arm, scores.last())
          .ifPresent(level -> plot.addRangeMarker(level(arm, level.mean(), colour)));
    }
    return plot;
  }

  private static ValueMarker level(Arm arm, double percent, int colour) {
    ValueMarker marker =
        new ValueMarker(percent, ChartStyle.colour(colour), ChartStyle.SCREEN.dashes());
    marker.setLabel(arm.name());
    marker.setLabelFont(ChartStyle.SCREEN.tick());
    marker.setLabelBackgroundColor(TRANSPARENT);
    marker.setLabelPaint(ChartStyle.colour(colour));
    boolean left = colour % 2 == 0;
    marker.setLabelAnchor(left ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(left ? TextAnchor.BOTTOM_LEFT : TextAnchor.BOTTOM_RIGHT);
    return marker;
  }

  /** Logarithmic, with the doublings of small ranges or the decades of large ones. */
  private LogAxis axis() {
    double least = numbers().min().orElse(1);
    double most = numbers().max().orElse(1);
    LogAxis axis = new LogAxis(sweep.axis());
    axis.setBase(most / least < 100 ? 2 : 10);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setNumberFormatOverride(
        new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    double margin = Math.pow(most / least, 0.04) * 1.05;
    axis.setRange(least / margin, most * margin);
    ChartStyle.SCREEN.styled(axis);
    return axis;
  }

  private DoubleStream numbers() {
    return sweep.curves().stream()
        .flatMap(curve -> curve.points().stream())
        .mapToDouble(ArmCurves.Point::x);
  }

  private YIntervalSeries series(ArmCurves.Curve curve, RunMeasure measure) {
    YIntervalSeries series = new YIntervalSeries(curve.name() + ": " + measure.label());
    for (ArmCurves.Point point : curve.points()) {
      scores
          .of(point.arm(), measure)
          .ifPresent(s -> series.add(point.x(), s.mean(), s.q25(), s.q75()));
    }
    return series;
  }
}
