package org.unvanish.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.unvanish.figure.svg.SvgGraphics;

/** A {@link Roofline} as a picture, both axes logarithmic; the kernels are numbered and listed. */
public final class RooflineChart {

  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int PLOT_WIDTH = 560;
  private static final int LINE = 20;
  private static final int LIST = LEFT + PLOT_WIDTH + 30;
  private static final int WIDTH = 1150;

  /** FLOP a byte, from … to: powers of two. */
  private static final int LOWEST_X = -3;

  private static final int HIGHEST_X = 8;

  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xdddddd);
  private static final Color POINT = new Color(0x0072b2);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 13);

  private final Roofline roofline;
  private final int plotHeight;
  private final int lowestY;
  private final int highestY;
  private final List<Point2D> numbers = new ArrayList<>();

  /** Of what was measured, with at least one roof. */
  public RooflineChart(Roofline roofline) {
    this.roofline = roofline;
    this.plotHeight = Math.max(420, (roofline.kernels().size() + 2) * LINE);
    double slowest =
        roofline.kernels().stream().mapToDouble(Roofline.Kernel::speed).min().orElse(1);
    this.lowestY = (int) Math.floor(log2(slowest)) - 1;
    this.highestY = (int) Math.ceil(log2(roofline.peak()) + 0.2);
  }

  /**
   * As an SVG document.
   *
   * @param title names the machine
   */
  public String svg(String title) {
    int height = TOP + plotHeight + 60;
    SvgGraphics graphics = SvgGraphics.screen(WIDTH, height);
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, height));
    graphics.setPaint(INK);
    graphics.setFont(BOLD);
    graphics.drawString(title, LEFT, TOP - 16);
    graphics.setFont(FONT);
    numbers.clear();
    drawAxes(graphics);
    drawRoofs(graphics);
    drawKernels(graphics);
    return graphics.svg() + "\n";
  }

  private void drawAxes(Graphics2D graphics) {
    for (int power = LOWEST_X; power <= HIGHEST_X; power++) {
      double x = x(Math.pow(2, power));
      graphics.setPaint(GRID);
      graphics.draw(new Line2D.Double(x, TOP, x, TOP + plotHeight));
      graphics.setPaint(INK);
      String label = power < 0 ? "1/" + (1 << -power) : String.valueOf(1 << power);
      graphics.drawString(label, (float) x - 6, TOP + plotHeight + 18f);
    }
    for (int power = lowestY; power <= highestY; power++) {
      double y = y(Math.pow(2, power));
      graphics.setPaint(GRID);
      graphics.draw(new Line2D.Double(LEFT, y, LEFT + PLOT_WIDTH, y));
      graphics.setPaint(INK);
      String label = power < 0 ? "1/" + (1 << -power) : String.valueOf(1 << power);
      graphics.drawString(label, LEFT - 34, (float) y + 4);
    }
    graphics.drawString(
        "arithmetic intensity: FLOP for each byte that must move", LEFT, TOP + plotHeight + 42);
    graphics.drawString("GFLOP/s", 6, TOP - 16);
  }

  private void drawRoofs(Graphics2D graphics) {
    graphics.setPaint(INK);
    graphics.setStroke(new BasicStroke(1.5f));
    double flatFrom = roofline.peak() / roofline.roofs().get(0).bandwidth();
    double right = Math.pow(2, HIGHEST_X);
    graphics.draw(new Line2D.Double(x(flatFrom), y(roofline.peak()), x(right), y(roofline.peak())));
    graphics.drawString(
        String.format(Locale.ROOT, "multiply-add peak, %.0f GFLOP/s", roofline.peak()),
        (float) x(right) - 190,
        (float) y(roofline.peak()) - 6);
    double bottom = Math.pow(2, lowestY);
    for (Roofline.Roof roof : roofline.roofs()) {
      double left = Math.max(Math.pow(2, LOWEST_X), bottom / roof.bandwidth());
      double end = roofline.peak() / roof.bandwidth();
      graphics.draw(
          new Line2D.Double(
              x(left), y(left * roof.bandwidth()), x(end), y(end * roof.bandwidth())));
      Graphics2D turned = (Graphics2D) graphics.create();
      turned.translate(x(left), y(left * roof.bandwidth()));
      turned.rotate(
          Math.atan2(y(end * roof.bandwidth()) - y(left * roof.bandwidth()), x(end) - x(left)));
      turned.drawString(
          String.format(Locale.ROOT, "%s, %.0f GB/s", roof.memory(), roof.bandwidth()), 10, -5);
      turned.dispose();
    }
  }

  private void drawKernels(Graphics2D graphics) {
    graphics.setFont(BOLD);
    graphics.drawString("kernel: FLOP/byte, GFLOP/s, share of the peak", LIST, TOP + 12);
    graphics.setFont(FONT);
    int number = 0;
    for (Roofline.Kernel kernel : roofline.kernels()) {
      number++;
      double x = x(kernel.intensity());
      double y = y(kernel.speed());
      graphics.setPaint(POINT);
      graphics.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      graphics.setPaint(INK);
      drawNumber(graphics, number, x + 6, y + 4);
      graphics.drawString(
          String.format(
              Locale.ROOT,
              "%d  %s: %.1f, %.1f, %.0f %%",
              number,
              kernel.name(),
              kernel.intensity(),
              kernel.speed(),
              100 * kernel.speed() / roofline.peak()),
          LIST,
          TOP + 16 + number * LINE);
    }
  }

  /** Beside its point, or further to the right where another number is. */
  private void drawNumber(Graphics2D graphics, int number, double x, double y) {
    double free = x;
    for (Point2D other : numbers) {
      if (Math.abs(other.getY() - y) < 11 && Math.abs(other.getX() - free) < 18) {
        free = other.getX() + 18;
      }
    }
    numbers.add(new Point2D.Double(free, y));
    // Those of one place in order from left to right.
    numbers.sort(Comparator.comparingDouble(Point2D::getX));
    graphics.drawString(String.valueOf(number), (float) free, (float) y);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private double x(double intensity) {
    return LEFT + (log2(intensity) - LOWEST_X) / (HIGHEST_X - LOWEST_X) * PLOT_WIDTH;
  }

  private double y(double speed) {
    return TOP + (highestY - log2(speed)) / (highestY - lowestY) * plotHeight;
  }
}
