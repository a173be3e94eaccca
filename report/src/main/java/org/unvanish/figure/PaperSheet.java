package org.unvanish.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.Size2D;
import org.jfree.data.Range;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.loss.Score;

/**
 * A {@link PaperFigure} laid out, in points: legend and panels, one above the other in a narrow
 * column and side by side in a wide one. Title and caption are the paper's own.
 */
final class PaperSheet extends Sheet {

  /** From here on two panels side by side have room for their text. */
  private static final double WIDE = 330;

  private static final RectangleInsets INSETS = new RectangleInsets(1, 1, 1, 4);

  private final double width;
  private final Panels panels;
  private final List<XYPlot> plots;
  private final LegendTitle legend;
  private final Size2D legendSize;

  /** Room for the labels of the vertical axes, the same in all panels. */
  private final double left;

  /** Room for the labels of an epoch axis. */
  private final double below;

  /** Height of a panel's frame. */
  private final double frame;

  private final double gap;

  /**
   * @param score that is drawn beside the gradients
   * @param names font of the arms' names, of any size
   * @param width in points
   */
  PaperSheet(
      List<Arm> arms, Score score, Summary summary, ChartStyle look, Font names, double width) {
    this.width = width;
    this.gap = look.gap();
    this.panels = new Panels(arms, score, summary, look);
    this.plots = panels.separate();
    this.frame = isWide() ? 0.29 * width : 0.45 * width;
    Font font = names.deriveFont(look.label().getSize2D());
    FontMetrics metrics = measure(font);
    double room = width - 6 * look.label().getSize2D();
    List<String> fitting = arms.stream().map(arm -> fit(arm.name(), metrics, room)).toList();
    legend = panels.legend(fitting, font);
    legend.setMargin(0, 0, 2, 0);
    Graphics2D measure = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    measure.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    legendSize = arrange(measure);
    left =
        plots.stream()
            .mapToDouble(p -> space(p.getRangeAxis(), p, RectangleEdge.LEFT, measure).getLeft())
            .max()
            .orElseThrow();
    XYPlot last = plots.get(plots.size() - 1);
    below = space(last.getDomainAxis(), last, RectangleEdge.BOTTOM, measure).getBottom();
    measure.dispose();
    // JFreeChart's own combined plot rounds the frames of its panels, but not its axis, to whole
    // units, here points: the grid would miss the tick marks.
    plots.forEach(this::fix);
  }

  private AxisSpace space(ValueAxis axis, XYPlot plot, RectangleEdge edge, Graphics2D graphics) {
    Rectangle2D area = new Rectangle2D.Double(0, 0, width / (isWide() ? 2 : 1), frame);
    return axis.reserveSpace(graphics, plot, area, edge, new AxisSpace());
  }

  private void fix(XYPlot plot) {
    boolean labelled = isWide() || plots.indexOf(plot) == plots.size() - 1;
    plot.getDomainAxis().setVisible(labelled);
    plot.setInsets(INSETS);
    AxisSpace beside = new AxisSpace();
    beside.setLeft(left);
    plot.setFixedRangeAxisSpace(beside);
    AxisSpace under = new AxisSpace();
    under.setBottom(labelled ? below : 0);
    plot.setFixedDomainAxisSpace(under);
  }

  /** True where the panels are side by side, the accuracies on the left. */
  boolean isWide() {
    return width >= WIDE;
  }

  Panels panels() {
    return panels;
  }

  private Size2D arrange(Graphics2D graphics) {
    return legend.arrange(
        graphics, new RectangleConstraint(new Range(0, width), new Range(0, 100 * width)));
  }

  @Override
  double width() {
    return width;
  }

  @Override
  double height() {
    double panel = INSETS.extendHeight(frame);
    return legendSize.getHeight() + below + (isWide() ? panel : 2 * panel + gap);
  }

  @Override
  void draw(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    // JFreeChart changes this hint and then puts back what it found, which must not be nothing.
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    legend.draw(
        graphics,
        new Rectangle2D.Double(
            (width - legendSize.getWidth()) / 2, 0, legendSize.getWidth(), legendSize.getHeight()));
    double top = legendSize.getHeight();
    double panel = INSETS.extendHeight(frame);
    if (isWide()) {
      draw(0, graphics, new Rectangle2D.Double(0, top, width / 2, panel + below));
      draw(1, graphics, new Rectangle2D.Double(width / 2, top, width / 2, panel + below));
    } else {
      draw(0, graphics, new Rectangle2D.Double(0, top, width, panel));
      draw(1, graphics, new Rectangle2D.Double(0, top + panel + gap, width, panel + below));
    }
  }

  private void draw(int plot, Graphics2D graphics, Rectangle2D area) {
    plots.get(plot).draw(graphics, area, null, null, null);
  }
}
