package org.unvanish.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** A chart for the screen with its title, and its wrapped caption below. */
final class Page implements Drawing.Sheet {

  static final Color INK = new Color(0x222222);

  private static final int WIDTH = 900;
  private static final int MARGIN = 30;

  private final JFreeChart chart;
  private final int chartHeight;
  private final List<String> caption;
  private final Font captionFont = font(Font.PLAIN, 12);
  private final int lineHeight;

  Page(JFreeChart chart, int chartHeight, List<String> paragraphs) {
    this.chart = chart;
    this.chartHeight = chartHeight;
    FontMetrics metrics = measure(captionFont);
    lineHeight = metrics.getHeight() + 1;
    caption = wrap(paragraphs, WIDTH - 2 * MARGIN, metrics);
  }

  /** A chart with its title, without a legend. */
  static JFreeChart chart(String title, Plot plot) {
    JFreeChart chart = new JFreeChart(title, font(Font.BOLD, 20), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(16, MARGIN - 10, 10, MARGIN));
    chart.getTitle().setPaint(INK);
    return chart;
  }

  XYPlot plot() {
    return chart.getXYPlot();
  }

  @Override
  public double width() {
    return WIDTH;
  }

  @Override
  public double height() {
    return chartHeight + caption.size() * lineHeight + MARGIN;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, chartHeight));
    graphics.setPaint(INK);
    graphics.setFont(captionFont);
    for (int i = 0; i < caption.size(); i++) {
      graphics.drawString(caption.get(i), MARGIN, chartHeight + (i + 1) * lineHeight);
    }
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
