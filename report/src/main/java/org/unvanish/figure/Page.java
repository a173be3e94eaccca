package org.unvanish.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.unvanish.experiment.Experiment;
import org.unvanish.figure.svg.SvgGraphics;
import org.unvanish.file.ResultFile;

/** A chart for the screen with its title, and its wrapped caption below; written as SVG and PNG. */
final class Page extends Sheet {

  static final Color INK = new Color(0x222222);

  /** Pixels of the PNG for each unit of the SVG, or less where arms make it too high. */
  private static final int PNG_SCALE = 2;

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

  /** A chart of an experiment with its title, its data and a legend. */
  static JFreeChart chart(Experiment experiment, Plot plot, LegendTitle legend) {
    return chart(experiment.title(), Caption.data(experiment), plot, legend);
  }

  /** A chart with its title, what it is on, and a legend. */
  static JFreeChart chart(String title, String data, Plot plot, LegendTitle legend) {
    JFreeChart chart = chart(title, plot);
    TextTitle subtitle = new TextTitle(data, font(Font.BOLD, 15));
    subtitle.setPaint(INK);
    subtitle.setMargin(4, 0, 2, 0);
    chart.addSubtitle(subtitle);
    legend.setMargin(4, 0, 8, 0);
    chart.addSubtitle(ChartStyle.SCREEN.styled(legend));
    return chart;
  }

  XYPlot plot() {
    return chart.getXYPlot();
  }

  @Override
  double width() {
    return WIDTH;
  }

  @Override
  double height() {
    return chartHeight + caption.size() * lineHeight + MARGIN;
  }

  @Override
  void draw(Graphics2D graphics) {
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, chartHeight));
    graphics.setPaint(INK);
    graphics.setFont(captionFont);
    for (int i = 0; i < caption.size(); i++) {
      graphics.drawString(caption.get(i), MARGIN, chartHeight + (i + 1) * lineHeight);
    }
  }

  /** Writes {@code NAME.svg} and {@code NAME.png} into an existing folder, each atomically. */
  List<Path> write(Path folder, String name) throws IOException {
    Path svg = folder.resolve(name + ".svg");
    Path png = folder.resolve(name + ".png");
    ResultFile.requireReplaceable(svg);
    ResultFile.requireReplaceable(png);
    ResultFile.replace(svg, svg().getBytes(StandardCharsets.UTF_8));
    ResultFile.replace(png, png());
    return List.of(svg, png);
  }

  String svg() {
    SvgGraphics graphics = SvgGraphics.screen(width(), height());
    draw(graphics);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + graphics.svg() + "\n";
  }

  byte[] png() throws IOException {
    return png(affordable(PNG_SCALE), OptionalDouble.empty());
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
}
