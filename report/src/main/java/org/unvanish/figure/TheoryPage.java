package org.unvanish.figure;

import java.awt.BasicStroke;
import java.awt.Color;
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

/** A picture of the theory laid out: title, legend, one chart and caption. */
final class TheoryPage {

  private static final int CHART_HEIGHT = 560;
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);

  private TheoryPage() {}

  /**
   * @param lines in the order of the legend; a line with a band is filled
   * @param dashed the index of the line that is a theorem's, or −1
   */
  static Page of(
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
      renderer.setSeriesPaint(i, i == dashed ? Color.DARK_GRAY : ChartStyle.colour(i));
      renderer.setSeriesFillPaint(i, ChartStyle.colour(i));
      renderer.setSeriesStroke(i, i == dashed ? DASHED : ChartStyle.SCREEN.line());
    }
    XYPlot plot =
        ChartStyle.SCREEN.styled(
            new XYPlot(
                data, ChartStyle.SCREEN.styled(across), ChartStyle.SCREEN.styled(up), renderer));
    JFreeChart chart = Page.chart(title, plot);
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(ChartStyle.SCREEN.label());
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
    legend.setPosition(RectangleEdge.TOP);
    legend.setFrame(BlockBorder.NONE);
    legend.setMargin(6, 0, 8, 0);
    chart.addSubtitle(legend);
    return new Page(chart, CHART_HEIGHT, List.of(caption));
  }
}
