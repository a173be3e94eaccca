package org.unvanish.figure;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextAttribute;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.LogTick;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A vertical logarithmic axis with labels like 10⁻³, and 2·10⁻³ and 5·10⁻³ between them where few
 * decades are shown. {@link LogAxis} alone would put its ticks at broken powers there.
 */
final class PowerOfTenAxis extends LogAxis {

  @Serial private static final long serialVersionUID = 1;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final char MINUS = '⁻';
  private static final int MOST_LABELS = 8;

  PowerOfTenAxis(String label) {
    super(label);
  }

  @Override
  public List<ValueTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    double decades = Math.log10(getUpperBound() / getLowerBound());
    int step = (int) Math.ceil(decades / MOST_LABELS);
    int first = (int) Math.floor(Math.log10(getLowerBound()));
    int last = (int) Math.ceil(Math.log10(getUpperBound()));
    List<ValueTick> ticks = new ArrayList<>();
    for (int exponent = first; exponent <= last; exponent++) {
      for (int digit = 1; digit <= 9; digit++) {
        // Parsed, so that 10⁻⁵ is the double nearest to it and lies on the bound that is the same.
        double value = Double.parseDouble(digit + "e" + exponent);
        if (value < getLowerBound() || value > getUpperBound()) {
          continue;
        }
        boolean labelled =
            digit == 1
                ? Math.floorMod(exponent, step) == 0
                : decades < 2.5 && (digit == 2 || digit == 5);
        if (labelled) {
          ticks.add(labelled(digit, exponent, value));
        } else if (step == 1 || digit == 1) {
          ticks.add(tick(TickType.MINOR, value, ""));
        }
      }
    }
    return ticks;
  }

  private ValueTick labelled(int digit, int exponent, double value) {
    Font font = getTickLabelFont();
    if (font.canDisplayUpTo(SUPERSCRIPTS + MINUS) < 0) {
      return tick(TickType.MAJOR, value, label(digit, exponent));
    }
    // A font without these characters: its digits, raised.
    String base = base(digit);
    AttributedString label =
        new AttributedString(base + Integer.toString(exponent).replace('-', '−'));
    label.addAttribute(TextAttribute.FONT, font);
    label.addAttribute(
        TextAttribute.FONT,
        font.deriveFont(Map.of(TextAttribute.SUPERSCRIPT, TextAttribute.SUPERSCRIPT_SUPER)),
        base.length(),
        label.getIterator().getEndIndex());
    return new LogTick(TickType.MAJOR, value, label, TextAnchor.HALF_ASCENT_RIGHT);
  }

  private static NumberTick tick(TickType type, double value, String label) {
    return new NumberTick(type, value, label, TextAnchor.CENTER_RIGHT, TextAnchor.CENTER, 0);
  }

  static String label(int digit, int exponent) {
    StringBuilder text = new StringBuilder(base(digit));
    for (char c : Integer.toString(exponent).toCharArray()) {
      text.append(c == '-' ? MINUS : SUPERSCRIPTS.charAt(c - '0'));
    }
    return text.toString();
  }

  private static String base(int digit) {
    return digit == 1 ? "10" : digit + "·10";
  }
}
