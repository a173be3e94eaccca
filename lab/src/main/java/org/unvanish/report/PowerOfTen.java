package org.unvanish.report;

import java.io.Serial;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Writes powers of ten as 10⁻³, for the ticks of a logarithmic axis. */
final class PowerOfTen extends NumberFormat {

  @Serial private static final long serialVersionUID = 1;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  @Override
  public StringBuffer format(double number, StringBuffer text, FieldPosition position) {
    return format(Math.round(Math.log10(number)), text, position);
  }

  /** Writes ten to the given power. */
  @Override
  public StringBuffer format(long exponent, StringBuffer text, FieldPosition position) {
    text.append("10");
    for (char digit : Long.toString(exponent).toCharArray()) {
      text.append(digit == '-' ? '⁻' : SUPERSCRIPTS.charAt(digit - '0'));
    }
    return text;
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("axis labels are not read back");
  }
}
