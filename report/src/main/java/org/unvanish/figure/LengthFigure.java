package org.unvanish.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/**
 * What becomes of the same arms as sequences grow longer: the final test score of each, experiment
 * by experiment, with its quartiles over the seeds.
 */
public final class LengthFigure {

  private static final int CHART_HEIGHT = 620;

  private final List<ExperimentResult> results;

  /**
   * @param results of experiments on sequences of different lengths, two or more, with the same
   *     arms and the same headline
   * @throws IllegalArgumentException if there are fewer
   */
  public LengthFigure(List<ExperimentResult> results) {
    if (results.size() < 2) {
      throw new IllegalArgumentException("one length shows no course");
    }
    this.results =
        results.stream()
            .sorted(Comparator.comparingInt(result -> steps(result.experiment())))
            .toList();
  }

  private static int steps(Experiment experiment) {
    return experiment.data().shape().rows();
  }

  /**
   * Writes {@code NAME.svg} and {@code NAME.png} into an existing folder, each atomically.
   *
   * @param title of the figure
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder, String name, String title) throws IOException {
    Sheet.requireFonts();
    XYPlot plot = plot();
    List<String> caption =
        results.stream()
            .flatMap(result -> FinalScores.of(result).caption(Optional.empty()).stream())
            .distinct()
            .toList();
    String data = Caption.counts(results.get(0).experiment(), "sequences of each length");
    JFreeChart chart = Page.chart(title, data, plot, new LegendTitle(plot));
    return new Page(chart, CHART_HEIGHT, caption).write(folder, name);
  }

  private XYPlot plot() {
    String[] steps =
        results.stream()
            .map(result -> String.valueOf(steps(result.experiment())))
            .toArray(String[]::new);
    SymbolAxis axis = new SymbolAxis("Steps of a sequence", steps);
    axis.setGridBandsVisible(false);
    ChartStyle.SCREEN.styled(axis);
    XYPlot plot =
        ChartStyle.SCREEN.styled(
            new XYPlot(null, axis, FinalScores.of(results.get(0)).axis(), null));
    YIntervalSeriesCollection all = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    List<Arm> arms = results.get(0).experiment().arms();
    for (int i = 0; i < arms.size(); i++) {
      all.addSeries(series(arms.get(i)));
      renderer.setSeriesPaint(i, ChartStyle.colour(i));
      renderer.setSeriesStroke(i, ChartStyle.SCREEN.line(i));
      renderer.setSeriesShape(i, ChartStyle.SCREEN.marker(i));
    }
    plot.setDataset(all);
    plot.setRenderer(renderer);
    return plot;
  }

  private YIntervalSeries series(Arm arm) {
    YIntervalSeries series = new YIntervalSeries(arm.name());
    for (int i = 0; i < results.size(); i++) {
      int place = i;
      FinalScores scores = FinalScores.of(results.get(i));
      scores
          .of(arm, scores.last())
          .ifPresent(spread -> series.add(place, spread.mean(), spread.q25(), spread.q75()));
    }
    return series;
  }
}
