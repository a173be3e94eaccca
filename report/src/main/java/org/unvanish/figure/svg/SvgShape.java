package org.unvanish.figure.svg;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;

/**
 * Shapes as elements of SVG.
 *
 * @param places of decimals that coordinates have
 */
record SvgShape(int places) {

  /** The beginning of its element, up to the geometry. */
  String element(Shape shape) {
    if (shape instanceof Line2D line) {
      return "<line x1='%s' y1='%s' x2='%s' y2='%s'"
          .formatted(
              number(line.getX1()),
              number(line.getY1()),
              number(line.getX2()),
              number(line.getY2()));
    }
    if (shape instanceof Rectangle2D box) {
      return "<rect x='%s' y='%s' width='%s' height='%s'"
          .formatted(
              number(box.getX()),
              number(box.getY()),
              number(box.getWidth()),
              number(box.getHeight()));
    }
    String rule =
        shape.getPathIterator(null).getWindingRule() == PathIterator.WIND_EVEN_ODD
            ? " fill-rule='evenodd' clip-rule='evenodd'"
            : "";
    return "<path d='" + path(shape) + "'" + rule;
  }

  private String path(Shape shape) {
    StringBuilder path = new StringBuilder();
    double[] points = new double[6];
    for (PathIterator at = shape.getPathIterator(null); !at.isDone(); at.next()) {
      switch (at.currentSegment(points)) {
        case PathIterator.SEG_MOVETO -> segment(path, 'M', points, 2);
        case PathIterator.SEG_LINETO -> segment(path, 'L', points, 2);
        case PathIterator.SEG_QUADTO -> segment(path, 'Q', points, 4);
        case PathIterator.SEG_CUBICTO -> segment(path, 'C', points, 6);
        default -> segment(path, 'Z', points, 0);
      }
    }
    return path.toString();
  }

  private void segment(StringBuilder path, char command, double[] points, int count) {
    path.append(command);
    for (int i = 0; i < count; i++) {
      path.append(i == 0 ? "" : ",").append(number(points[i]));
    }
  }

  String matrix(AffineTransform transform) {
    double[] entries = new double[6];
    transform.getMatrix(entries);
    StringBuilder matrix = new StringBuilder("matrix(");
    for (int i = 0; i < entries.length; i++) {
      // A millionth of turns and scales: even what is far from the origin moves by a thousandth.
      matrix.append(i == 0 ? "" : ",").append(i < 4 ? digits(entries[i], 6) : number(entries[i]));
    }
    return matrix.append(")").toString();
  }

  String number(double coordinate) {
    return digits(coordinate, places);
  }

  /** Rounded; the same digits from every Java, which {@code Double.toString} has not. */
  static String digits(double value, int places) {
    BigDecimal rounded =
        BigDecimal.valueOf(Math.round(value * Math.pow(10, places)), places).stripTrailingZeros();
    return (rounded.scale() < 1 ? rounded.setScale(1) : rounded).toPlainString();
  }
}
