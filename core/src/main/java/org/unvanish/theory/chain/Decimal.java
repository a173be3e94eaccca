package org.unvanish.theory.chain;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A positive or negative decimal number whose exponent may be larger than {@link BigDecimal}'s:
 * digits · 10^power.
 *
 * @param digits of magnitude in [1, 10)
 */
record Decimal(BigDecimal digits, long power) {

  /** Powers up to 2^(10¹⁵) lose 16 of these digits, as every squaring doubles the error. */
  private static final MathContext WORKING = new MathContext(60);

  /** As many as tell any two doubles apart. */
  private static final MathContext SHOWN = new MathContext(17);

  /** The number that a double is, not 0. */
  static Decimal of(double value) {
    return normalised(new BigDecimal(value), 0);
  }

  /** 2^exponent, by squaring. */
  static Decimal powerOfTwo(long exponent) {
    Decimal power = of(1);
    Decimal square = of(exponent < 0 ? 0.5 : 2);
    for (long rest = Math.abs(exponent); rest > 0; rest /= 2) {
      power = rest % 2 == 1 ? power.times(square) : power;
      square = square.times(square);
    }
    return power;
  }

  Decimal times(Decimal other) {
    return normalised(digits.multiply(other.digits, WORKING), power + other.power);
  }

  /** Such as {@code -1.25E-412}, like a double's. */
  @Override
  public String toString() {
    // Rounding may carry into another digit, which is why it comes first.
    Decimal shown = normalised(digits.round(SHOWN), power);
    String text = shown.digits.stripTrailingZeros().toPlainString();
    return text + (text.contains(".") ? "E" : ".0E") + shown.power;
  }

  private static Decimal normalised(BigDecimal value, long power) {
    int shift = value.precision() - value.scale() - 1;
    return new Decimal(value.scaleByPowerOfTen(-shift), power + shift);
  }
}
