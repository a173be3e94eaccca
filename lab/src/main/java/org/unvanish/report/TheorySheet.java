package org.unvanish.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** One chart with its title, legend and caption. */
final class TheorySheet implements Drawing.Sheet {

  private static final int WIDTH = 900;
  private static final int CHART_HEIGHT = 560;
  private static final int MARGIN = 30;
  private static final Color INK = new Color(0x222222);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);

  private final JFreeChart chart;
  private final List<String> caption;
  private final Font captionFont = Page.font(Font.PLAIN, 12);
  private final int lineHeight;

  private TheorySheet(JFreeChart chart, String caption) {
    this.chart = chart;
    FontMetrics metrics = Page.measure(captionFont);
    this.lineHeight = metrics.getHeight() + 1;
    this.caption = Page.wrap(List.of(caption), WIDTH - 2 * MARGIN, metrics);
  }

  /**
   * @param lines in the order of the legend; a line with a band is filled
   * @param dashed the index of the line that is a theorem's, or −1
   */
  static TheorySheet of(
      String title,
      ValueAxis across,
      ValueAxis up,
      List<YIntervalSeries> lines,
      int dashed,
      String caption) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    lines.forEach(data::addSeries);
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.22f);
    for (int i = 0; i < lines.size(); i++) {
      renderer.setSeriesPaint(i, i == dashed ? Color.DARK_GRAY : Panels.colour(i));
      renderer.setSeriesFillPaint(i, Panels.colour(i));
      renderer.setSeriesStroke(i, i == dashed ? DASHED : Panels.TEST);
    }
    XYPlot plot =
        Panels.styled(new XYPlot(data, Panels.styled(across), Panels.styled(up), renderer));
    JFreeChart chart = new JFreeChart(title, Page.font(Font.BOLD, 20), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(16, MARGIN - 10, 10, MARGIN));
    chart.getTitle().setPaint(INK);
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(Page.font(Font.PLAIN, 14));
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
    legend.setPosition(RectangleEdge.TOP);
    legend.setFrame(BlockBorder.NONE);
    legend.setMargin(6, 0, 8, 0);
    chart.addSubtitle(legend);
    return new TheorySheet(chart, caption);
  }

  XYPlot plot() {
    return chart.getXYPlot();
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return CHART_HEIGHT + caption.size() * lineHeight + MARGIN;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, CHART_HEIGHT));
    graphics.setPaint(INK);
    graphics.setFont(captionFont);
    for (int i = 0; i < caption.size(); i++) {
      graphics.drawString(caption.get(i), MARGIN, CHART_HEIGHT + (i + 1) * lineHeight);
    }
  }
}
