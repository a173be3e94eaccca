package org.unvanish.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The legend of {@link Panels}: the arms, then which lines are of test and of training data. */
final class Legend {

  private final ChartStyle look;
  private final boolean markers;
  private final LegendItemCollection items = new LegendItemCollection();

  private Legend(ChartStyle look, boolean markers) {
    this.look = look;
    this.markers = markers;
  }

  /**
   * @param names of the arms, in their order
   * @param font of the names
   */
  static LegendTitle of(List<String> names, Panels panels, ChartStyle look, Font font) {
    Legend legend = new Legend(look, panels.hasMarkers());
    for (int i = 0; i < names.size(); i++) {
      legend.add(names.get(i), look.line(i), ChartStyle.colour(i), look.marker(i), true);
    }
    legend.add("test", look.line(), Color.GRAY, look.marker(0), true);
    legend.add("training", look.dashes(), Color.GRAY, look.marker(0), false);
    LegendTitle title = new LegendTitle(() -> legend.items);
    title.setItemFont(font);
    title.setPosition(RectangleEdge.TOP);
    title.setFrame(BlockBorder.NONE);
    double size = look.label().getSize2D();
    title.setItemLabelPadding(new RectangleInsets(size / 7, size / 7, size / 7, 1.4 * size));
    return title;
  }

  /** A line, or instead of it a marker, filled or hollow. */
  private void add(String label, Stroke stroke, Paint paint, Shape shape, boolean filled) {
    double half = look.swatch() / 2;
    items.add(
        new LegendItem(
            label,
            null,
            null,
            null,
            markers,
            shape,
            filled,
            paint,
            !filled,
            paint,
            new BasicStroke(look.hairline()),
            !markers,
            new Line2D.Double(-half, 0, half, 0),
            stroke,
            paint));
  }
}
