package org.unvanish.internal.safetensors;

/**
 * A floating-point number of 16 bits: a sign, an exponent, and what follows the leading 1 of the
 * significand.
 */
enum ShortFloat {
  /** IEEE 754 half precision. */
  HALF(5, 10),
  /** bfloat16: the exponent of single precision, and 8 significant digits of it. */
  BRAIN(8, 7);

  private static final int SIGN = 0x8000;

  private final int digits;
  private final int bias;
  private final int infinity;

  ShortFloat(int exponent, int digits) {
    this.digits = digits;
    this.bias = (1 << (exponent - 1)) - 1;
    this.infinity = ((1 << exponent) - 1) << digits;
  }

  /** The number, exactly. */
  double value(short bits) {
    int size = bits & (SIGN - 1);
    double value;
    if (size >= infinity) {
      value = size == infinity ? Double.POSITIVE_INFINITY : Double.NaN;
    } else {
      int exponent = Math.max(size >> digits, 1);
      // The leading 1 adds itself where the exponent is not the least.
      value = Math.scalb((double) (size - ((exponent - 1) << digits)), exponent - bias - digits);
    }
    return (bits & SIGN) == 0 ? value : -value;
  }

  /** The nearest number, of two equally near ones that with an even last digit. */
  short bits(double value) {
    if (Double.isNaN(value)) {
      return (short) (infinity | 1 << (digits - 1));
    }
    double size = Math.abs(value);
    int exponent = Math.max(Math.getExponent(size), 1 - bias);
    int bits = infinity;
    if (exponent <= bias) {
      double steps = Math.rint(Math.scalb(size, digits - exponent));
      // A carry raises the exponent, and the largest one is that of infinity.
      bits = ((exponent + bias - 1) << digits) + (int) steps;
    }
    return (short) (Math.copySign(1, value) < 0 ? bits | SIGN : bits);
  }
}
