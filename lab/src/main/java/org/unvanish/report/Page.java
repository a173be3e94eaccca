package org.unvanish.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/** A {@link Figure} laid out: title, data set, legend, panels and the wrapped caption below. */
final class Page implements Drawing.Sheet {

  private static final int WIDTH = 900;
  private static final int CHART_HEIGHT = 760;
  private static final int MARGIN = 30;
  private static final Color INK = new Color(0x222222);

  private final JFreeChart chart;
  private final List<String> captionLines;
  private final Font captionFont = font(Font.PLAIN, 12);
  private final int lineHeight;

  Page(ExperimentResult result, Summary summary, List<String> notes) {
    Panels panels = new Panels(result.experiment().arms(), summary);
    CombinedDomainXYPlot plot = panels.plot();
    chart = chart(result.experiment(), panels, plot);
    FontMetrics metrics = measure(captionFont);
    lineHeight = metrics.getHeight() + 1;
    captionLines = wrap(Caption.of(result, panels, notes), WIDTH - 2 * MARGIN, metrics);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return CHART_HEIGHT + captionLines.size() * lineHeight + MARGIN;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, CHART_HEIGHT));
    graphics.setPaint(INK);
    graphics.setFont(captionFont);
    for (int i = 0; i < captionLines.size(); i++) {
      graphics.drawString(captionLines.get(i), MARGIN, CHART_HEIGHT + (i + 1) * lineHeight);
    }
  }

  private static JFreeChart chart(Experiment experiment, Panels panels, CombinedDomainXYPlot plot) {
    JFreeChart chart = new JFreeChart(experiment.title(), font(Font.BOLD, 20), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(16, MARGIN - 10, 10, MARGIN));
    chart.getTitle().setPaint(INK);
    chart.addSubtitle(subtitle(experiment));
    LegendTitle legend = new LegendTitle(() -> legend(experiment.arms(), panels));
    legend.setItemFont(font(Font.PLAIN, 14));
    legend.setPosition(RectangleEdge.TOP);
    legend.setFrame(BlockBorder.NONE);
    legend.setMargin(4, 0, 8, 0);
    chart.addSubtitle(legend);
    return chart;
  }

  private static TextTitle subtitle(Experiment experiment) {
    DataDescription data = experiment.data();
    int seeds = experiment.seeds().size();
    TextTitle subtitle =
        new TextTitle(
            "%s: %d training and %d test images; %d %s for each arm"
                .formatted(
                    data.title(),
                    data.trainSamples(),
                    data.testSamples(),
                    seeds,
                    seeds == 1 ? "seed" : "seeds"),
            font(Font.BOLD, 15));
    subtitle.setPaint(INK);
    subtitle.setMargin(4, 0, 2, 0);
    return subtitle;
  }

  private static LegendItemCollection legend(List<Arm> arms, Panels panels) {
    boolean markers = panels.hasMarkers();
    LegendItemCollection items = new LegendItemCollection();
    for (int i = 0; i < arms.size(); i++) {
      String name = arms.get(i).name();
      items.add(item(name, Panels.TEST, Panels.colour(i), markers, Panels.marker(i), true));
    }
    items.add(item("test", Panels.TEST, Color.GRAY, markers, Panels.marker(0), true));
    items.add(item("training", Panels.TRAINING, Color.GRAY, markers, Panels.marker(0), false));
    return items;
  }

  /** A line, or instead of it a marker, filled or hollow. */
  private static LegendItem item(
      String label, Stroke stroke, Paint paint, boolean marker, Shape shape, boolean filled) {
    return new LegendItem(
        label + "    ",
        null,
        null,
        null,
        marker,
        shape,
        filled,
        paint,
        !filled,
        paint,
        new BasicStroke(1),
        !marker,
        new Line2D.Double(-14, 0, 14, 0),
        stroke,
        paint);
  }

  /** The lines of paragraphs that are no wider than given. */
  static List<String> wrap(List<String> paragraphs, int width, FontMetrics metrics) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : paragraphs) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split("\\s+", -1)) {
        if (!line.isEmpty() && metrics.stringWidth(line + " " + word) > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** Measures text without a screen. */
  static FontMetrics measure(Font font) {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    FontMetrics metrics = graphics.getFontMetrics(font);
    graphics.dispose();
    return metrics;
  }
}
