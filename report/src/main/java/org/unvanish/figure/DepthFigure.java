package org.unvanish.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.unvanish.beyond.MeasuredArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.statistics.MeanDeviation;

/**
 * What becomes of the typical gradient against the number of layers: forecasts as lines,
 * measurements as marks, a panel for each way in which weights and biases are drawn.
 */
public final class DepthFigure {

  private static final int PANEL_HEIGHT = 230;
  private static final int HEAD_HEIGHT = 170;

  /** By how much marks of different α stand apart, as a share of the axis. */
  private static final double APART = 0.006;

  private final Experiment experiment;
  private final List<MeasuredArm> arms;
  private final List<String> alphas;
  private final List<String> settings;
  private final int most;

  /**
   * @param arms at least one, which are the experiment's
   */
  public DepthFigure(Experiment experiment, List<MeasuredArm> arms) {
    this.experiment = experiment;
    this.arms = List.copyOf(arms);
    this.alphas =
        distinct(MeasuredArm::alpha).stream()
            .sorted(Comparator.comparingDouble(DepthFigure::number))
            .toList();
    this.settings = distinct(MeasuredArm::setting);
    this.most = arms.stream().mapToInt(MeasuredArm::layers).max().orElse(1);
  }

  /** Of {@code α = 2}. */
  private static double number(String alpha) {
    return Double.parseDouble(alpha.substring(alpha.lastIndexOf(' ') + 1));
  }

  private List<String> distinct(Function<MeasuredArm, String> text) {
    Set<String> all = new LinkedHashSet<>();
    arms.forEach(arm -> all.add(text.apply(arm)));
    return List.copyOf(all);
  }

  /**
   * Writes {@code NAME.svg} and {@code NAME.png} into an existing folder, each atomically, where
   * NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Sheet.requireFonts();
    NumberAxis layers = new NumberAxis("Layers with weights");
    layers.setRange(0, 1.04 * most);
    layers.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(ChartStyle.SCREEN.styled(layers));
    panels.setGap(ChartStyle.SCREEN.gap());
    settings.forEach(setting -> panels.add(panel(setting), 1));
    XYPlot all = panel(settings.get(settings.size() - 1));
    LegendTitle legend = new LegendTitle(() -> all.getRenderer(0).getLegendItems());
    all.getRenderer(0).setPlot(all);
    JFreeChart chart = Page.chart(experiment, panels, legend);
    int height = HEAD_HEIGHT + settings.size() * PANEL_HEIGHT;
    return new Page(chart, height, caption()).write(folder, experiment.name());
  }

  private static List<String> caption() {
    return List.of(
        "How a typical sample's gradient changes on its way from the last layer to the first. 0: it keeps its size; −1: a tenth of it is left. Lines: forecasts, at the depths"
            + " that are measured. Marks: means over the seeds. Bars: standard deviations over the"
            + " seeds.");
  }

  private XYPlot panel(String setting) {
    NumberAxis axis = new NumberAxis(setting + ": log₁₀");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    axis.setAutoRangeMinimumSize(1);
    axis.setAutoRangeStickyZero(false);
    XYPlot plot =
        ChartStyle.SCREEN.styled(new XYPlot(null, null, ChartStyle.SCREEN.styled(axis), null));
    YIntervalSeriesCollection measured = new YIntervalSeriesCollection();
    XYSeriesCollection forecast = new XYSeriesCollection();
    XYErrorRenderer marks = new XYErrorRenderer();
    marks.setDrawXError(false);
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    for (String alpha : alphas) {
      List<MeasuredArm> own =
          arms.stream()
              .filter(arm -> arm.setting().equals(setting) && arm.alpha().equals(alpha))
              .toList();
      if (!own.isEmpty()) {
        int place = measured.getSeriesCount();
        int colour = alphas.indexOf(alpha);
        measured.addSeries(marks(alpha, own));
        forecast.addSeries(line(alpha, own));
        marks.setSeriesPaint(place, ChartStyle.colour(colour));
        marks.setSeriesStroke(place, ChartStyle.SCREEN.line(colour));
        marks.setSeriesShape(place, ChartStyle.SCREEN.marker(colour));
        lines.setSeriesPaint(place, ChartStyle.colour(colour));
        lines.setSeriesStroke(place, ChartStyle.SCREEN.dashes(colour));
      }
    }
    plot.setDataset(0, measured);
    plot.setRenderer(0, marks);
    plot.setDataset(1, forecast);
    plot.setRenderer(1, lines);
    return plot;
  }

  private static XYSeries line(String alpha, List<MeasuredArm> arms) {
    XYSeries series = new XYSeries(alpha);
    arms.forEach(arm -> series.add(arm.layers(), arm.forecast().typicalLog10()));
    return series;
  }

  private YIntervalSeries marks(String alpha, List<MeasuredArm> arms) {
    YIntervalSeries series = new YIntervalSeries(alpha);
    double shift = APART * most * (alphas.indexOf(alpha) - (alphas.size() - 1) / 2.0);
    for (MeasuredArm arm : arms) {
      MeanDeviation typical = arm.measured().typical();
      double bar = typical.n() < 2 ? 0 : typical.deviation();
      series.add(arm.layers() + shift, typical.mean(), typical.mean() - bar, typical.mean() + bar);
    }
    return series;
  }
}
