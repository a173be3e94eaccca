package org.unvanish.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.unvanish.comparison.Metric;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Spread;

/**
 * The two panels of a {@link Figure}, accuracies on top and gradients below over one epoch axis,
 * and their legend.
 */
final class Panels {

  private static final float BAND_OPACITY = 0.22f;

  private final List<Arm> arms;
  private final Summary summary;
  private final ChartStyle look;
  private final Score score;
  private boolean zeros;

  /**
   * @param score that is drawn above the gradients
   */
  Panels(List<Arm> arms, Score score, Summary summary, ChartStyle look) {
    this.arms = arms;
    this.score = score;
    this.summary = summary;
    this.look = look;
  }

  /** What is drawn above the gradients. */
  Score score() {
    return score;
  }

  /** True where lines would be invisible, because there is one epoch only. */
  boolean hasMarkers() {
    return summary.lastEpoch() == 1;
  }

  /** True where a gradient of 0 was left out of the plot or a band was cut off. */
  boolean hasZeros() {
    return zeros;
  }

  /** One above the other. */
  CombinedDomainXYPlot stacked() {
    CombinedDomainXYPlot combined = new CombinedDomainXYPlot(epochAxis());
    combined.setGap(look.gap());
    combined.add(scores(), 1);
    combined.add(gradients(), 1);
    return combined;
  }

  /** Scores and gradients, each with its epoch axis. */
  List<XYPlot> separate() {
    List<XYPlot> plots = List.of(scores(), gradients());
    plots.forEach(plot -> plot.setDomainAxis(epochAxis()));
    return plots;
  }

  private ValueAxis epochAxis() {
    NumberAxis axis = new NumberAxis("Epoch");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    int last = summary.lastEpoch();
    double margin = last == 1 ? 0.5 : 0.02 * (last - 1);
    axis.setRange(1 - margin, last + margin);
    return look.styled(axis);
  }

  private XYPlot scores() {
    boolean share = score.form() == Score.Form.SHARE;
    String quantity =
        score.quantity().substring(0, 1).toUpperCase(Locale.ROOT) + score.quantity().substring(1);
    double factor = share ? 100 : 1;
    XYPlot plot = look.styled(new XYPlot(null, null, look.axis(quantity, score), null));
    // Dataset 0 lies on top of dataset 1 in the default rendering order.
    plot.setDataset(0, series(new Metric.Test(score), factor, Double.NEGATIVE_INFINITY));
    plot.setRenderer(0, renderer(look::line, true));
    plot.setDataset(1, series(new Metric.Train(score), factor, Double.NEGATIVE_INFINITY));
    plot.setRenderer(1, renderer(look::dashes, false));
    return plot;
  }

  private XYPlot gradients() {
    double lowest = positiveGradients().min().orElse(1e-8);
    double highest = positiveGradients().max().orElse(1);
    // At least one decade in all, so that the axis has labels.
    double span = highest / lowest;
    double margin = Math.max(Math.pow(span, 0.04), Math.max(1.25, Math.sqrt(10 / span)));
    PowerOfTenAxis axis = new PowerOfTenAxis("Mean absolute gradient");
    axis.setRange(lowest / margin, highest * margin);
    XYPlot plot = look.styled(new XYPlot(null, null, look.styled(axis), null));
    plot.setDataset(series(Metric.GRADIENT_MEAN_ABS, 1, axis.getLowerBound()));
    plot.setRenderer(renderer(look::line, true));
    return plot;
  }

  private DoubleStream positiveGradients() {
    return arms.stream()
        .flatMap(arm -> summary.of(arm, Metric.GRADIENT_MEAN_ABS).stream())
        .flatMapToDouble(
            r -> DoubleStream.of(r.spread().mean(), r.spread().q25(), r.spread().q75()))
        .filter(value -> value > 0);
  }

  /** Means with their bands; what does not exceed the lowest value is left out or cut off. */
  private YIntervalSeriesCollection series(Metric metric, double factor, double lowest) {
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    for (int i = 0; i < arms.size(); i++) {
      Arm arm = arms.get(i);
      YIntervalSeries series = new YIntervalSeries(arm.name());
      // Side by side, since markers at the same place would hide each other.
      double shift = hasMarkers() ? 0.06 * (i - (arms.size() - 1) / 2.0) : 0;
      for (Summary.Row row : summary.of(arm, metric)) {
        Spread s = row.spread();
        zeros |= s.q25() < lowest;
        if (s.mean() >= lowest) {
          series.add(
              row.epoch() + shift,
              factor * s.mean(),
              factor * Math.max(lowest, s.q25()),
              factor * Math.max(lowest, s.q75()));
        }
      }
      collection.addSeries(series);
    }
    return collection;
  }

  /** Lines with bands; for a single epoch markers with error bars, hollow and bare if no bands. */
  private XYLineAndShapeRenderer renderer(IntFunction<BasicStroke> strokes, boolean bands) {
    XYLineAndShapeRenderer renderer;
    if (hasMarkers()) {
      XYErrorRenderer markers = new XYErrorRenderer();
      markers.setDrawXError(false);
      markers.setDrawYError(bands);
      markers.setDefaultShapesFilled(bands);
      renderer = markers;
    } else {
      DeviationRenderer lines = new DeviationRenderer(true, false);
      lines.setAlpha(bands ? BAND_OPACITY : 0);
      renderer = lines;
    }
    for (int i = 0; i < arms.size(); i++) {
      renderer.setSeriesPaint(i, ChartStyle.colour(i));
      renderer.setSeriesFillPaint(i, ChartStyle.colour(i));
      renderer.setSeriesStroke(i, strokes.apply(i));
      renderer.setSeriesShape(i, look.marker(i));
    }
    return renderer;
  }

  /**
   * The arms, then which lines are of test and of training data.
   *
   * @param names of the arms, in their order
   * @param font of the names
   */
  LegendTitle legend(List<String> names, Font font) {
    LegendItemCollection items = new LegendItemCollection();
    for (int i = 0; i < names.size(); i++) {
      items.add(item(names.get(i), look.line(i), ChartStyle.colour(i), look.marker(i), true));
    }
    items.add(item("test", look.line(), Color.GRAY, look.marker(0), true));
    items.add(item("training", look.dashes(), Color.GRAY, look.marker(0), false));
    LegendTitle title = look.styled(new LegendTitle(() -> items));
    title.setItemFont(font);
    return title;
  }

  /** A line, or instead of it a marker, filled or hollow. */
  private LegendItem item(String label, Stroke stroke, Paint paint, Shape shape, boolean filled) {
    double half = look.swatch() / 2;
    return new LegendItem(
        label,
        null,
        null,
        null,
        hasMarkers(),
        shape,
        filled,
        paint,
        !filled,
        paint,
        new BasicStroke(look.hairline()),
        !hasMarkers(),
        new Line2D.Double(-half, 0, half, 0),
        stroke,
        paint);
  }
}
