package org.unvanish.benchmarks.sidebyside;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.unvanish.figure.svg.SvgGraphics;

/** Bars of samples a second, a panel for each network, each panel on its own scale from 0. */
final class BarChart {

  private static final int WIDTH = 900;
  private static final int LEFT = 160;
  private static final int RIGHT = 190;
  private static final int TOP = 20;
  private static final int HEADING = 30;
  private static final int BAR = 24;
  private static final int GAP = 24;
  private static final Color INK = new Color(0x222222);
  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  private BarChart() {}

  /** The chart as an SVG document. */
  static String svg(List<Comparison> comparisons) {
    int bars = comparisons.stream().mapToInt(c -> c.standings().size()).sum();
    int height = TOP + comparisons.size() * (HEADING + GAP) + bars * BAR;
    SvgGraphics graphics = SvgGraphics.screen(WIDTH, height);
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, height));
    int y = TOP;
    for (Comparison comparison : comparisons) {
      y = panel(graphics, comparison, y);
    }
    return graphics.svg() + "\n";
  }

  private static int panel(Graphics2D graphics, Comparison comparison, int top) {
    graphics.setPaint(INK);
    graphics.setFont(BOLD);
    graphics.drawString(
        comparison.network() + ": samples a second, whole machine", LEFT, top + HEADING - 12);
    double highest =
        comparison.standings().stream().mapToDouble(s -> s.rate().highest()).max().orElse(1);
    int y = top + HEADING;
    for (Standing standing : comparison.standings()) {
      bar(graphics, standing, y, (WIDTH - LEFT - RIGHT) / highest);
      y += BAR;
    }
    return y + GAP;
  }

  private static void bar(Graphics2D graphics, Standing standing, int top, double scale) {
    Middle rate = standing.rate();
    double middle = top + BAR / 2.0;
    graphics.setFont(PLAIN);
    graphics.setPaint(INK);
    String name = Names.title(standing.contestant());
    int width = graphics.getFontMetrics().stringWidth(name);
    graphics.drawString(name, LEFT - 10 - width, (int) middle + 5);
    graphics.setPaint(Names.colour(standing.contestant()));
    graphics.fill(new Rectangle2D.Double(LEFT, top + 3, rate.median() * scale, BAR - 6));
    // From the lowest to the highest round.
    graphics.setPaint(INK);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(
        new Line2D.Double(
            LEFT + rate.lowest() * scale, middle, LEFT + rate.highest() * scale, middle));
    graphics.drawString(
        String.format(Locale.ROOT, "%,.0f", rate.median()),
        (float) (LEFT + rate.highest() * scale + 8),
        (float) middle + 5);
  }
}
