package org.unvanish.figure.svg;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;

/** What a {@link Graphics2D} is set to, as the style of an element of SVG. */
final class SvgStyle {

  private SvgStyle() {}

  static String fill(Graphics2D graphics) {
    return "fill:" + colour(graphics) + opacity("fill", graphics);
  }

  static String stroke(Graphics2D graphics, BasicStroke stroke) {
    StringBuilder style = new StringBuilder("fill:none");
    float[] dashes = stroke.getDashArray();
    if (dashes != null) {
      style.append(";stroke-dasharray:");
      for (int i = 0; i < dashes.length; i++) {
        style.append(i == 0 ? "" : ",").append(number(dashes[i]));
      }
    }
    style.append(
        switch (stroke.getLineJoin()) {
          case BasicStroke.JOIN_ROUND -> ";stroke-linejoin:round";
          case BasicStroke.JOIN_BEVEL -> ";stroke-linejoin:bevel";
          default -> ";stroke-linejoin:miter;stroke-miterlimit:" + stroke.getMiterLimit();
        });
    style.append(
        switch (stroke.getEndCap()) {
          case BasicStroke.CAP_ROUND -> ";stroke-linecap:round";
          case BasicStroke.CAP_SQUARE -> ";stroke-linecap:square";
          default -> "";
        });
    if (stroke.getDashPhase() != 0) {
      style.append(";stroke-dashoffset:").append(number(stroke.getDashPhase()));
    }
    style.append(";stroke-width:").append(number(stroke.getLineWidth()));
    style.append(";stroke:").append(colour(graphics)).append(opacity("stroke", graphics));
    return style.toString();
  }

  /** Java's families for every machine have other names in SVG. */
  static String font(Font font) {
    String family =
        switch (font.getFamily(Locale.ROOT)) {
          case Font.SANS_SERIF, Font.DIALOG -> "sans-serif";
          case Font.SERIF -> "serif";
          case Font.MONOSPACED, Font.DIALOG_INPUT -> "monospace";
          default -> font.getFamily(Locale.ROOT);
        };
    return "font-family:"
        + family
        + ";font-size:"
        + number(font.getSize2D())
        + "px"
        + (font.isBold() ? ";font-weight:bold" : "")
        + (font.isItalic() ? ";font-style:italic" : "");
  }

  private static String colour(Graphics2D graphics) {
    Color colour = paint(graphics);
    return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
  }

  private static String opacity(String of, Graphics2D graphics) {
    double opacity = paint(graphics).getAlpha() / 255.0;
    if (graphics.getComposite() instanceof AlphaComposite composite) {
      opacity *= composite.getAlpha();
    }
    return opacity == 1 ? "" : ";" + of + "-opacity:" + number(opacity);
  }

  /** To a thousandth, which nobody sees. */
  private static String number(double value) {
    return SvgShape.digits(value, 3);
  }

  private static Color paint(Graphics2D graphics) {
    if (graphics.getPaint() instanceof Color colour) {
      return colour;
    }
    throw new UnsupportedOperationException("only colours are drawn as SVG");
  }
}
