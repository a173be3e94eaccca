package org.unvanish.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.Size2D;
import org.jfree.data.Range;
import org.unvanish.experiment.Arm;

/**
 * A {@link PaperFigure} laid out, in points: legend and panels, one above the other in a narrow
 * column and side by side in a wide one. Title and caption are the paper's own.
 */
final class PaperSheet implements Drawing.Sheet {

  /** From here on two panels side by side have room for their text. */
  private static final double WIDE = 330;

  private static final RectangleInsets INSETS = new RectangleInsets(2, 1, 1, 4);

  private final double width;
  private final Panels panels;
  private final List<? extends Plot> plots;
  private final double plotHeight;
  private final LegendTitle legend;
  private final Size2D legendSize;

  /**
   * @param names font of the arms' names, of any size
   * @param width in points
   */
  PaperSheet(List<Arm> arms, Summary summary, Look look, Font names, double width) {
    this.width = width;
    this.panels = new Panels(arms, summary, look);
    this.plots = isWide() ? panels.separate() : List.of(panels.stacked());
    this.plotHeight = isWide() ? 0.36 * width : width;
    plots.forEach(PaperSheet::dress);
    Font font = names.deriveFont(look.label().getSize2D());
    FontMetrics metrics = Page.measure(font);
    double room = width - 6 * look.label().getSize2D();
    List<String> fitting = arms.stream().map(arm -> fit(arm.name(), metrics, room)).toList();
    legend = Legend.of(fitting, panels, look, font);
    legend.setMargin(0, 0, 2, 0);
    legendSize = arrange();
  }

  /** True where the panels are side by side, the accuracies on the left. */
  boolean isWide() {
    return width >= WIDE;
  }

  Panels panels() {
    return panels;
  }

  private static void dress(Plot plot) {
    plot.setInsets(INSETS);
    // JFreeChart's own default is transparent on top of nothing.
    plot.setBackgroundPaint(Color.WHITE);
    if (plot instanceof XYPlot panel) {
      panel.getDomainAxis().setLabelInsets(new RectangleInsets(1, 0, 1, 0));
    }
  }

  /** The text, or as much of it as there is room for. */
  private static String fit(String text, FontMetrics metrics, double room) {
    String fitting = text;
    int end = text.length();
    while (metrics.stringWidth(fitting) > room && end > 1) {
      end = text.offsetByCodePoints(end, -1);
      fitting = text.substring(0, end) + "…";
    }
    return fitting;
  }

  private Size2D arrange() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      return legend.arrange(
          graphics, new RectangleConstraint(new Range(0, width), new Range(0, 100 * width)));
    } finally {
      graphics.dispose();
    }
  }

  @Override
  public double width() {
    return width;
  }

  @Override
  public double height() {
    return legendSize.getHeight() + plotHeight;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    // JFreeChart changes this hint and then puts back what it found, which must not be nothing.
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    double left = (width - legendSize.getWidth()) / 2;
    double top = legendSize.getHeight();
    legend.draw(graphics, new Rectangle2D.Double(left, 0, legendSize.getWidth(), top));
    double each = width / plots.size();
    for (int i = 0; i < plots.size(); i++) {
      plots
          .get(i)
          .draw(
              graphics, new Rectangle2D.Double(i * each, top, each, plotHeight), null, null, null);
    }
  }
}
