package org.unvanish.internal.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/**
 * Finds the largest errors of {@link VectorMath}, which its Javadoc states: over every 997th float
 * in {@code VectorMathTest}, and by {@link #main} over more of them.
 */
final class LargestErrors {

  private static final int BLOCK = 4096;
  private static final int PARTS = 256;

  private LargestErrors() {}

  /**
   * @param error in units in the last place
   * @param at where it is
   */
  record Largest(double error, float at) {
    Largest or(Largest other) {
      // NaN, which is no float's error, is worst.
      return error >= other.error || Double.isNaN(error) ? this : other;
    }
  }

  /**
   * Prints a line for each function. All floats of one take some ten minutes of a core.
   *
   * @param arguments n, to look at every n-th float; then names of functions, none for all
   */
  public static void main(String... arguments) {
    int every = Integer.parseInt(arguments[0]);
    List<String> names = Arrays.asList(arguments).subList(1, arguments.length);
    for (Elementary function : Elementary.values()) {
      if (names.isEmpty() || names.contains(function.name())) {
        Largest largest = over(function, every);
        System.out.printf(
            Locale.ROOT,
            "%s: %.3f units in the last place at %a, %s stated%n",
            function,
            largest.error(),
            largest.at(),
            function.statedError);
      }
    }
  }

  /** The largest error over every n-th float of the function's domain. */
  static Largest over(Elementary function, int every) {
    return IntStream.range(0, PARTS)
        .parallel()
        .mapToObj(
            part ->
                over(function, every, (1L << 32) * part / PARTS, (1L << 32) * (part + 1) / PARTS))
        .reduce(new Largest(0, 0), Largest::or);
  }

  private static Largest over(Elementary function, int every, long fromBits, long toBits) {
    float[] in = new float[BLOCK];
    float[] out = new float[BLOCK];
    Largest largest = new Largest(0, 0);
    long bits = (fromBits + every - 1) / every * every;
    while (bits < toBits) {
      int filled = 0;
      for (; filled < BLOCK && bits < toBits; bits += every) {
        float x = Float.intBitsToFloat((int) bits);
        if (x >= function.from && x <= function.to) {
          in[filled++] = x;
        }
      }
      function.apply(FloatVector.SPECIES_PREFERRED, in, out);
      for (int i = 0; i < filled; i++) {
        double exact = function.reference.applyAsDouble(in[i]);
        largest = largest.or(new Largest(ulps(out[i], exact, function.floor), in[i]));
      }
    }
    return largest;
  }

  /** |y − exact| in units in the last place that a float has at the exact value. */
  static double ulps(float y, double exact, double floor) {
    float nearest = (float) exact;
    if (y == nearest) {
      return Float.isInfinite(y) ? 0 : Math.abs(y - exact) / ulp(Math.max(Math.abs(exact), floor));
    }
    return Float.isInfinite(nearest) || Float.isInfinite(y)
        ? Double.POSITIVE_INFINITY
        : Math.abs(y - exact) / ulp(Math.max(Math.abs(exact), floor));
  }

  private static double ulp(double exact) {
    return Math.scalb(1.0, Math.getExponent(exact) - 23);
  }
}
