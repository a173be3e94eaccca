package org.unvanish.statistics;

/**
 * What ranks means that are equal but for rounding as equal: (0.1 + 0.2) ÷ 2 and (0.15 + 0.15) ÷ 2.
 */
public final class Rounding {

  /** Of 53: twelve decimal places, which no measurement has. */
  private static final int KEPT_BITS = 40;

  private static final long HALF = 1L << (52 - KEPT_BITS);

  private Rounding() {}

  /** The number without its last bits; what is not finite stays. */
  public static double off(double value) {
    return Double.isFinite(value)
        ? Double.longBitsToDouble((Double.doubleToRawLongBits(value) + HALF) & -2 * HALF)
        : value;
  }
}
