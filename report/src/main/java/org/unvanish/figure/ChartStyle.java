package org.unvanish.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.DefaultDrawingSupplier;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.unvanish.loss.Score;

/**
 * How charts look: one set of colours, and sizes that suit a screen or a printed page, in the units
 * of the drawing.
 *
 * @param label of axes and legends
 * @param tick of the numbers along the axes
 * @param line of what is most important
 * @param dashes of what is beside it
 * @param hairline width of grids and frames
 * @param gap between two panels
 * @param swatch length of the lines in a legend
 * @param marker how large markers are, 1 being 6 units
 */
record ChartStyle(
    Font label,
    Font tick,
    BasicStroke line,
    BasicStroke dashes,
    float hairline,
    double gap,
    double swatch,
    double marker) {

  /** Okabe &amp; Ito's colours, which the colour-blind can tell apart, without their yellow. */
  private static final int[] COLOURS = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000
  };

  private static final Color GRID = new Color(0xE2E2E2);

  // Strokes are at least 1 wide: SVG viewers drop thinner ones where JFreeChart asks for crisp
  // edges.
  static final ChartStyle SCREEN =
      new ChartStyle(
          Sheet.font(Font.PLAIN, 14),
          Sheet.font(Font.PLAIN, 12),
          solid(2.2f),
          dashed(1.2f, 5, 3),
          1,
          14,
          28,
          1);

  /**
   * For a printed page, in points: text of 8 and 7 points, as journals ask for.
   *
   * @param font of any size
   */
  static ChartStyle paper(Font font) {
    return new ChartStyle(
        font.deriveFont(8f),
        font.deriveFont(7f),
        solid(1.1f),
        dashed(0.7f, 3, 1.8f),
        0.4f,
        8,
        13,
        0.6);
  }

  /** The colour of an arm, by its place in the experiment. */
  static Paint colour(int arm) {
    return new Color(COLOURS[arm % COLOURS.length]);
  }

  /** The line of an arm: dashed where its colour is another arm's too. */
  BasicStroke line(int arm) {
    return marked(line, arm, new float[] {10, 3, 2});
  }

  /** What is beside an arm's line. */
  BasicStroke dashes(int arm) {
    float[] dashes = dashes().getDashArray();
    return marked(dashes(), arm, new float[] {dashes[0], dashes[1], dashes[1] / 2});
  }

  /**
   * With a dot after each dash for the second seven arms, two for the third, and so on.
   *
   * @param lengths of a dash, a gap and a dot; of lines in units of their width by 2.2
   */
  private static BasicStroke marked(BasicStroke stroke, int arm, float[] lengths) {
    int dots = arm / COLOURS.length;
    if (dots == 0) {
      return stroke;
    }
    float unit = stroke.getDashArray() == null ? stroke.getLineWidth() / 2.2f : 1;
    float[] pattern = new float[2 + 2 * dots];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = unit * lengths[i % 2 == 1 ? 1 : i == 0 ? 0 : 2];
    }
    return new BasicStroke(
        stroke.getLineWidth(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, pattern, 0);
  }

  /** The marker of an arm, by its place in the experiment. */
  Shape marker(int arm) {
    Shape[] shapes = DefaultDrawingSupplier.DEFAULT_SHAPE_SEQUENCE;
    return AffineTransform.getScaleInstance(marker, marker)
        .createTransformedShape(shapes[arm % shapes.length]);
  }

  XYPlot styled(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(solid(hairline));
    plot.setRangeGridlineStroke(solid(hairline));
    plot.setOutlineStroke(solid(hairline));
    plot.setOutlinePaint(Color.GRAY);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  ValueAxis styled(ValueAxis axis) {
    axis.setLabelFont(label);
    axis.setTickLabelFont(tick);
    axis.setTickMarkPaint(Color.GRAY);
    axis.setTickMarkStroke(solid(hairline));
    axis.setAxisLineVisible(false);
    return axis;
  }

  /** On top of a chart, without a frame. */
  LegendTitle styled(LegendTitle legend) {
    legend.setItemFont(label);
    legend.setPosition(RectangleEdge.TOP);
    legend.setFrame(BlockBorder.NONE);
    double size = label.getSize2D();
    legend.setItemLabelPadding(new RectangleInsets(size / 7, size / 7, size / 7, 1.4 * size));
    return legend;
  }

  private static BasicStroke solid(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static BasicStroke dashed(float width, float dash, float space) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {dash, space}, 0);
  }

  /**
   * An axis for a score; shares stand on it in percent.
   *
   * @param quantity what it is named
   */
  NumberAxis axis(String quantity, Score score) {
    boolean share = score.form() == Score.Form.SHARE;
    NumberAxis axis = new NumberAxis(share ? quantity + " (%)" : quantity);
    axis.setAutoRangeIncludesZero(false);
    if (share) {
      axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
      axis.setAutoRangeMinimumSize(4);
    }
    styled(axis);
    return axis;
  }
}
