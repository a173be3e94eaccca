package org.unvanish.data.format.numpy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The type of an array's values.
 *
 * @param kind as NumPy says it: f, i, u or b
 * @param size of a value in bytes
 */
record NumpyType(char kind, int size, ByteOrder order) {

  /** The type of this name, as {@code <f4}; empty if it is none of numbers or truth values. */
  static Optional<NumpyType> of(String name) {
    if (name.length() != 3 || "<>|=".indexOf(name.charAt(0)) < 0) {
      return Optional.empty();
    }
    char kind = name.charAt(1);
    int size = name.charAt(2) - '0';
    boolean known =
        switch (kind) {
          case 'f' -> size == 2 || size == 4 || size == 8;
          case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
          case 'b' -> size == 1;
          default -> false;
        };
    ByteOrder order = name.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return known ? Optional.of(new NumpyType(kind, size, order)) : Optional.empty();
  }

  NumpyArray.Kind numbers() {
    return kind == 'f'
        ? NumpyArray.Kind.REAL
        : kind == 'u' && size == 1 ? NumpyArray.Kind.BYTE : NumpyArray.Kind.INTEGER;
  }

  /** All values as doubles; integers beyond 2^53 are rounded. */
  double[] numbers(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
    double[] numbers = new double[bytes.length / size];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = kind == 'f' ? real(in) : integer(in);
    }
    return numbers;
  }

  private double real(ByteBuffer in) {
    return switch (size) {
      case 2 -> half(in.getShort());
      case 4 -> in.getFloat();
      default -> in.getDouble();
    };
  }

  private double integer(ByteBuffer in) {
    long signed =
        switch (size) {
          case 1 -> in.get();
          case 2 -> in.getShort();
          case 4 -> in.getInt();
          default -> in.getLong();
        };
    if (kind == 'i' || size == Long.BYTES && signed >= 0) {
      return signed;
    }
    return size == Long.BYTES
        ? Math.scalb(1.0, Long.SIZE) + signed
        : signed & (1L << (Byte.SIZE * size)) - 1;
  }

  /** IEEE 754's binary16. */
  static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1024.0 + fraction, exponent - 25);
        };
    return bits < 0 ? -size : size;
  }
}
