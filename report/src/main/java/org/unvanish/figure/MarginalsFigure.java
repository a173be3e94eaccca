package org.unvanish.figure;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.sweep.Marginal;
import org.unvanish.sweep.SweepResult;

/**
 * What each setting of a sweep matters: the arms' scores by its value, a panel for each setting,
 * what matters most first.
 */
public final class MarginalsFigure {

  private static final int HEIGHT = 460;

  /** As many panels as there is room for. */
  private static final int MOST = 5;

  private final SweepResult result;

  /**
   * @param result with at least one score
   */
  public MarginalsFigure(SweepResult result) {
    this.result = result;
  }

  /** The name of the files of an experiment's figure, without their endings. */
  public static String fileName(String experiment) {
    return experiment + "-marginals";
  }

  /**
   * Writes {@code NAME-marginals.svg} and {@code NAME-marginals.png} into an existing folder, each
   * atomically, where NAME is the experiment's.
   *
   * @return the two files
   * @throws IOException if one cannot be written, or Java cannot draw on this machine
   */
  public List<Path> write(Path folder) throws IOException {
    Sheet.requireFonts();
    boolean share = result.measure().unit() == RunMeasure.Unit.SHARE;
    double scale = share ? 100 : 1;
    NumberAxis scores = new NumberAxis(result.measure().label() + (share ? " (%)" : ""));
    scores.setAutoRangeIncludesZero(false);
    ChartStyle.SCREEN.styled(scores);
    CombinedRangeXYPlot all = new CombinedRangeXYPlot(scores);
    all.setGap(14);
    List<Marginal> marginals = result.marginals();
    for (Marginal marginal : marginals.subList(0, Math.min(MOST, marginals.size()))) {
      all.add(plot(marginal, scale), Math.max(3, marginal.levels().labels().size()));
    }
    String caption =
        "Arms with each value: dot, mean score; bar, middle half of the arms (25 % to 75 %); dash, best arm. Explains: share of the variance of all arms' scores, a main effect (η²)."
            + " Data: "
            + Caption.data(result.experiment())
            + ".";
    return new Page(Page.chart(result.experiment().title(), all), HEIGHT, List.of(caption))
        .write(folder, fileName(result.experiment().name()));
  }

  private static XYPlot plot(Marginal marginal, double scale) {
    YIntervalSeries means = new YIntervalSeries("mean");
    YIntervalSeries best = new YIntervalSeries("best");
    for (int i = 0; i < marginal.levels().labels().size(); i++) {
      int x = i;
      marginal
          .scores()
          .get(i)
          .ifPresent(s -> means.add(x, scale * s.mean(), scale * s.q25(), scale * s.q75()));
      double top = scale * marginal.best().get(i);
      if (Double.isFinite(top)) {
        best.add(i, top, top, top);
      }
    }
    YIntervalSeriesCollection both = new YIntervalSeriesCollection();
    both.addSeries(means);
    both.addSeries(best);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(0);
    renderer.setSeriesPaint(0, ChartStyle.colour(0));
    renderer.setSeriesShape(0, ChartStyle.SCREEN.marker(0));
    renderer.setSeriesStroke(0, ChartStyle.SCREEN.line());
    renderer.setSeriesLinesVisible(0, true);
    renderer.setSeriesPaint(1, Color.BLACK);
    renderer.setSeriesShape(1, new Rectangle2D.Double(-7, -1, 14, 2));
    SymbolAxis values =
        new SymbolAxis(
            marginal.levels().axis().symbol()
                + (Double.isNaN(marginal.share())
                    ? ""
                    : ": explains " + ShownNumber.of("%.0f %%", 100 * marginal.share())),
            marginal.levels().labels().toArray(String[]::new));
    values.setGridBandsVisible(false);
    values.setRange(-0.5, marginal.levels().labels().size() - 0.5);
    ChartStyle.SCREEN.styled(values);
    return ChartStyle.SCREEN.styled(new XYPlot(both, values, null, renderer));
  }
}
