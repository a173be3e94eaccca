package org.unvanish.theory.chain;

/**
 * A number with the precision of a double and a range that no product here leaves: significand ·
 * 2^exponent.
 *
 * <p>A product of a thousand derivatives of tanh lies far below the smallest double. Here it keeps
 * its sign and all its digits: times, divided by and plus have a relative error of at most 2⁻⁵³
 * each, whatever the magnitude, which a stored logarithm would not have. A magnitude below
 * 2^(−10¹⁵) counts as 0.
 *
 * @param significand 0, or of magnitude in [1, 2)
 * @param exponent the power of two; 0 for the number 0
 */
public record WideNumber(double significand, long exponent) {

  /** The number 0. */
  public static final WideNumber ZERO = new WideNumber(0, 0);

  /** The number 1. */
  public static final WideNumber ONE = new WideNumber(1, 0);

  private static final long MOST = 1_000_000_000_000_000L;

  // ln 2 in two parts, the first with 32 significant bits: fdlibm's, as in StrictMath.exp.
  private static final double LN2_HIGH = 0.6931471803691238;
  private static final double LN2_LOW = 1.9082149292705877e-10;

  /**
   * @throws IllegalArgumentException if the significand is not 0 or of magnitude in [1, 2)
   */
  public WideNumber {
    double magnitude = Math.abs(significand);
    if (!(magnitude == 0 && exponent == 0) && !(magnitude >= 1 && magnitude < 2)) {
      throw new IllegalArgumentException(
          "the significand must be 0 or of magnitude in [1, 2), but is " + significand);
    }
  }

  /**
   * The number that a double is.
   *
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public static WideNumber of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the value must be finite, but is " + value);
    }
    return normalised(value, 0);
  }

  /**
   * e^z, with a relative error below 2⁻⁵¹ for |z| up to 10⁹; beyond, it grows like |z|·2⁻⁸⁵.
   *
   * @param z from −10¹⁵ to 10¹⁵; below that the result is 0
   * @throws IllegalArgumentException if z is above 10¹⁵ or NaN
   */
  public static WideNumber exp(double z) {
    if (z < -MOST) {
      return ZERO;
    }
    if (!(z <= MOST)) {
      throw new IllegalArgumentException("z must be at most 1e15, but is " + z);
    }
    double n = Math.rint(z / (LN2_HIGH + LN2_LOW));
    double rest = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, z));
    return normalised(StrictMath.exp(rest), (long) n);
  }

  /** The product. */
  public WideNumber times(WideNumber other) {
    return normalised(significand * other.significand, exponent + other.exponent);
  }

  /** The product with a finite number. */
  public WideNumber times(double other) {
    return times(of(other));
  }

  /**
   * The quotient.
   *
   * @throws ArithmeticException if the other number is 0
   */
  public WideNumber dividedBy(WideNumber other) {
    if (other.significand == 0) {
      throw new ArithmeticException("division by 0");
    }
    return normalised(significand / other.significand, exponent - other.exponent);
  }

  /** The sum. The relative error is that of a sum of doubles: large where the two nearly cancel. */
  public WideNumber plus(WideNumber other) {
    if (significand == 0 || (other.significand != 0 && other.exponent > exponent)) {
      return other.significand == 0 ? this : other.plusSmaller(this);
    }
    return plusSmaller(other);
  }

  private WideNumber plusSmaller(WideNumber other) {
    long shift = Math.max(-2000, other.exponent - exponent);
    return normalised(significand + Math.scalb(other.significand, (int) shift), exponent);
  }

  /** The difference. */
  public WideNumber minus(WideNumber other) {
    return plus(other.negated());
  }

  /** The number with the other sign. */
  public WideNumber negated() {
    return significand == 0 ? this : new WideNumber(-significand, exponent);
  }

  /** The magnitude. */
  public WideNumber abs() {
    return significand < 0 ? negated() : this;
  }

  /** −1, 0 or 1. */
  public int sign() {
    return (int) Math.signum(significand);
  }

  /** The natural logarithm of the magnitude; −∞ for 0. */
  public double log() {
    return significand == 0
        ? Double.NEGATIVE_INFINITY
        : StrictMath.log(Math.abs(significand)) + exponent * StrictMath.log(2);
  }

  /** The decimal logarithm of the magnitude; −∞ for 0. */
  public double log10() {
    return log() / StrictMath.log(10);
  }

  /** True where the magnitude is greater than that of the other. */
  public boolean isLargerThan(WideNumber other) {
    return abs().minus(other.abs()).sign() > 0;
  }

  /** The nearest double: 0 or infinite where doubles end. */
  public double toDouble() {
    return Math.scalb(significand, (int) Math.max(-3000, Math.min(3000, exponent)));
  }

  /**
   * As a double where it is a normal one, else with 17 significant digits in the same form, such as
   * {@code 1.25E-412}: no two numbers have the same text.
   */
  @Override
  public String toString() {
    if (significand == 0 || Math.abs(exponent) < 1022) {
      return Double.toString(toDouble());
    }
    return Decimal.of(significand).times(Decimal.powerOfTwo(exponent)).toString();
  }

  private static WideNumber normalised(double value, long exponent) {
    if (value == 0) {
      return ZERO;
    }
    // A subnormal's own exponent is that of its leading bit only after it is made normal.
    boolean subnormal = Math.abs(value) < Double.MIN_NORMAL;
    double normal = subnormal ? value * 0x1p60 : value;
    int shift = Math.getExponent(normal);
    long power = exponent + shift - (subnormal ? 60 : 0);
    if (power < -MOST) {
      return ZERO;
    }
    return new WideNumber(Math.scalb(normal, -shift), power);
  }
}
