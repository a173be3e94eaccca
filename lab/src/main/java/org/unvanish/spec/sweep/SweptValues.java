package org.unvanish.spec.sweep;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The values that a setting takes in a sweep. */
public sealed interface SweptValues<T> {

  /** Those of a grid, all different. */
  List<T> grid();

  /**
   * That of a sample.
   *
   * @param share where it is, from 0 to below 1; equal lengths have equally many values
   */
  T at(double share);

  /**
   * Values that somebody chose.
   *
   * @param values at least one, all different
   */
  record Listed<T>(List<T> values) implements SweptValues<T> {
    /** Copies the list. */
    public Listed {
      values = List.copyOf(values);
    }

    @Override
    public List<T> grid() {
      return values.stream().distinct().toList();
    }

    @Override
    public T at(double share) {
      return values.get((int) (share * values.size()));
    }
  }

  /**
   * Numbers between two. They are rounded to about a thousandth of the range, so that tables can
   * show them as they are.
   *
   * @param from the first one
   * @param to the last one, above the first
   * @param count how many a grid has, at least 2; empty for samples
   * @param logarithmic whether equal ratios are equal steps; then the first one is above 0
   * @param whole whether all are whole numbers; a grid then has fewer where neighbours meet
   */
  record Range(double from, double to, OptionalInt count, boolean logarithmic, boolean whole)
      implements SweptValues<Double> {

    /** Up to so many values, a thousandth of the range keeps them apart. */
    private static final int FEW = 100;

    private static final int DIGITS = 3;
    private static final int MORE_DIGITS = 6;

    @Override
    public List<Double> grid() {
      int steps = count.orElseThrow() - 1;
      return IntStream.rangeClosed(0, steps)
          .mapToDouble(i -> i == 0 ? from : i == steps ? to : inside((double) i / steps))
          .distinct()
          .boxed()
          .toList();
    }

    private double inside(double share) {
      double value = between(share, to);
      return whole ? Math.rint(value) : rounded(value);
    }

    @Override
    public Double at(double share) {
      // Each whole number has the same length, or one that its logarithm grows by.
      return whole ? Math.min(to, Math.floor(between(share, to + 1))) : rounded(between(share, to));
    }

    private double between(double share, double end) {
      return logarithmic
          ? from * StrictMath.exp(share * StrictMath.log(end / from))
          : from + share * (end - from);
    }

    private double rounded(double value) {
      double length =
          logarithmic ? value * Math.min(1, StrictMath.log(to / from)) : Math.abs(to - from);
      BigDecimal exact = new BigDecimal(length);
      int exponent = exact.precision() - exact.scale() - 1;
      int digits = count.orElse(FEW) > FEW ? MORE_DIGITS : DIGITS;
      double near =
          new BigDecimal(value).setScale(digits - exponent, RoundingMode.HALF_EVEN).doubleValue();
      return Math.min(Math.max(near, from), to);
    }
  }
}
