package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The values of a {@link LaneTensor} as they are: for measuring. */
public final class LaneValues {

  private static final int SIZE = 0x7fff_ffff;
  private static final int INFINITE = 0x7f80_0000;

  /** Squares of a lane that are added up in single precision before they go into the sum. */
  private static final int BLOCK = 32;

  private LaneValues() {}

  /** Is shown one row of one channel. */
  public interface RowVisitor {
    /**
     * The 16 values of a pixel stand side by side, one for each lane.
     *
     * @param from where the row starts in the values
     * @param to where it ends
     */
    void visit(int channel, float[] values, int from, int to);
  }

  /** Says what a value becomes. */
  public interface Operator {
    /** The new value. */
    float apply(float value);
  }

  /** Shows all rows, without the halo. */
  public static void forEachRow(LaneTensor tensor, RowVisitor visitor) {
    for (int channel = 0; channel < tensor.shape.channels(); channel++) {
      for (int row = 0; row < tensor.shape.rows(); row++) {
        int from = tensor.index(channel, row, 0);
        visitor.visit(channel, tensor.values, from, from + tensor.rowLength());
      }
    }
  }

  /**
   * Replaces all values of the first samples; the halo and the other lanes stay as they are.
   *
   * @param samples lanes in use: the first ones
   */
  public static void replaceAll(LaneTensor tensor, int samples, Operator operator) {
    for (int channel = 0; channel < tensor.shape.channels(); channel++) {
      for (int row = 0; row < tensor.shape.rows(); row++) {
        int from = tensor.index(channel, row, 0);
        for (int i = from; i < from + tensor.rowLength(); i += COUNT) {
          for (int lane = 0; lane < samples; lane++) {
            tensor.values[i + lane] = operator.apply(tensor.values[i + lane]);
          }
        }
      }
    }
  }

  /**
   * Copies some values of some samples into the first lanes of another tensor.
   *
   * @param first number of the first value, in a tensor without a halo
   * @param lanes of the samples
   * @param count how many they are
   * @param to receives as many values as it has
   */
  public static void gather(LaneTensor from, int first, int[] lanes, int count, LaneTensor to) {
    for (int i = 0; i < to.shape.size(); i++) {
      for (int lane = 0; lane < count; lane++) {
        to.values[to.index(i) + lane] = from.values[ORIGIN + (first + i) * COUNT + lanes[lane]];
      }
    }
  }

  /**
   * The sum of the squares of all values of the first samples, in one fixed order, with a relative
   * error of at most 2⁻¹⁸ (twice what {@value #BLOCK} roundings in single precision come to),
   * whatever their magnitude; values that are 2⁻⁶³ of the largest may count as 0.
   *
   * @param samples lanes in use: the first ones
   */
  public static double sumOfSquares(LaneTensor tensor, int samples) {
    return sumOfSquares(tensor, samples, Float.NEGATIVE_INFINITY, 1);
  }

  /**
   * The same of the values with a sign in front, as far as they are at least the floor, and of the
   * floor instead of the others.
   *
   * @param floor at most 0, so that the zeros of the halo change nothing: 0 or −∞
   * @param sign 1 or −1
   */
  static double sumOfSquares(LaneTensor tensor, int samples, float floor, int sign) {
    float[] values = tensor.values;
    int largest = largest(values, samples);
    if (largest == 0) {
      return 0;
    }
    if (largest >= INFINITE) {
      return sumOfStrangeSquares(values, samples, floor, sign);
    }
    // Brought to about 1, for the square of a float may be too large or too small for a float.
    // With vectors of doubles there would be no need, but those slow down all others: see Lanes.
    int exponent = Math.getExponent(Float.intBitsToFloat(largest));
    exponent = Math.max(Math.min(exponent, Float.MAX_EXPONENT - 1), Float.MIN_EXPONENT);
    float scale = sign * Math.scalb(1f, -exponent);
    float[] sums = new float[COUNT];
    double sum = 0;
    for (int from = ORIGIN; from < values.length; from += BLOCK * COUNT) {
      int to = Math.min(from + BLOCK * COUNT, values.length);
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        squares(values, from + lane, to, scale, floor, sums, lane);
      }
      for (int lane = 0; lane < samples; lane++) {
        sum += sums[lane];
      }
    }
    return Math.scalb(sum, 2 * exponent);
  }

  private static void squares(
      float[] values, int from, int to, float scale, float floor, float[] sums, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += COUNT) {
      FloatVector value = FloatVector.fromArray(SPECIES, values, i).mul(scale).max(floor);
      sum = value.fma(value, sum);
    }
    sum.intoArray(sums, lane);
  }

  /**
   * The sum of the squares of each sample's values, as exact as {@link #sumOfSquares} and each by
   * itself: what is small beside other samples is not lost.
   *
   * @param samples lanes in use: the first ones
   * @param sums to be filled, one for each of them
   */
  public static void sumsOfSquares(LaneTensor tensor, int samples, double[] sums) {
    sumsOfSquares(tensor.values, ORIGIN, tensor.values.length, samples, sums);
  }

  /**
   * The same of some values alone, in a tensor without a halo.
   *
   * @param first number of the first one
   * @param count how many
   */
  public static void sumsOfSquares(
      LaneTensor tensor, int first, int count, int samples, double[] sums) {
    int from = ORIGIN + first * COUNT;
    sumsOfSquares(tensor.values, from, from + count * COUNT, samples, sums);
  }

  private static void sumsOfSquares(
      float[] values, int start, int end, int samples, double[] sums) {
    int[] largest = largest(values, start, end);
    int[] exponents = new int[COUNT];
    float[] scales = new float[COUNT];
    for (int lane = 0; lane < COUNT; lane++) {
      boolean finite = largest[lane] < INFINITE;
      int exponent = finite ? Math.getExponent(Float.intBitsToFloat(largest[lane])) : 0;
      exponents[lane] = Math.max(Math.min(exponent, Float.MAX_EXPONENT - 1), Float.MIN_EXPONENT);
      scales[lane] = Math.scalb(1f, -exponents[lane]);
    }
    Arrays.fill(sums, 0, samples, 0);
    float[] block = new float[COUNT];
    for (int from = start; from < end; from += BLOCK * COUNT) {
      int to = Math.min(from + BLOCK * COUNT, end);
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        squares(values, from + lane, to, scales, block, lane);
      }
      for (int lane = 0; lane < samples; lane++) {
        sums[lane] += block[lane];
      }
    }
    for (int lane = 0; lane < samples; lane++) {
      sums[lane] = Math.scalb(sums[lane], 2 * exponents[lane]);
    }
  }

  private static void squares(
      float[] values, int from, int to, float[] scales, float[] sums, int lane) {
    FloatVector scale = FloatVector.fromArray(SPECIES, scales, lane);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += COUNT) {
      FloatVector value = FloatVector.fromArray(SPECIES, values, i).mul(scale);
      sum = value.fma(value, sum);
    }
    sum.intoArray(sums, lane);
  }

  /** The bits of the largest absolute value; floats that are not negative are ordered as those. */
  private static int largest(float[] values, int samples) {
    return Arrays.stream(largest(values, ORIGIN, values.length), 0, samples).max().orElse(0);
  }

  /** The same of each lane. */
  private static int[] largest(float[] values, int from, int to) {
    int[] largest = new int[COUNT];
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      largest(values, from + lane, to, largest, lane);
    }
    return largest;
  }

  private static void largest(float[] values, int from, int to, int[] largest, int lane) {
    IntVector most = IntVector.zero(Lanes.INTS);
    for (int i = from; i < to; i += COUNT) {
      most = most.max(FloatVector.fromArray(SPECIES, values, i).reinterpretAsInts().and(SIZE));
    }
    most.intoArray(largest, lane);
  }

  /** Where one of them is infinite or not a number. */
  private static double sumOfStrangeSquares(float[] values, int samples, float floor, int sign) {
    double sum = 0;
    for (int i = ORIGIN; i < values.length; i += COUNT) {
      for (int lane = 0; lane < samples; lane++) {
        double value = Math.max(sign * values[i + lane], floor);
        sum += value * value;
      }
    }
    return sum;
  }
}
