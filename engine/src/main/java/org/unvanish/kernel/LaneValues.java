package org.unvanish.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The values of a {@link LaneTensor} as they are: for measuring. */
public final class LaneValues {

  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, Lanes.SPECIES.vectorShape());

  /** As many floats as there are doubles in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Lanes.SPECIES.vectorBitSize() / 2));

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
        for (int i = from; i < from + tensor.rowLength(); i += Lanes.COUNT) {
          for (int lane = 0; lane < samples; lane++) {
            tensor.values[i + lane] = operator.apply(tensor.values[i + lane]);
          }
        }
      }
    }
  }

  /**
   * The sum of the squares of all values of the first samples, in one fixed order.
   *
   * @param samples lanes in use: the first ones
   */
  public static double sumOfSquares(LaneTensor tensor, int samples) {
    double[] sums = new double[Lanes.COUNT];
    addSquares(tensor.values, sums);
    double sum = 0;
    for (int lane = 0; lane < samples; lane++) {
      sum += sums[lane];
    }
    return sum;
  }

  /** One sum for each lane; the zeros of the halo change none. */
  private static void addSquares(float[] values, double[] sums) {
    for (int lane = 0; lane < Lanes.COUNT; lane += Lanes.LENGTH) {
      addSquares(values, lane, sums);
    }
  }

  private static void addSquares(float[] values, int lane, double[] sums) {
    int half = DOUBLES.length();
    DoubleVector low = DoubleVector.fromArray(DOUBLES, sums, lane);
    DoubleVector high = DoubleVector.fromArray(DOUBLES, sums, lane + half);
    for (int i = Lanes.ORIGIN + lane; i < values.length; i += Lanes.COUNT) {
      DoubleVector a = doubles(FloatVector.fromArray(HALF, values, i));
      DoubleVector b = doubles(FloatVector.fromArray(HALF, values, i + half));
      // The square of a float is exact in a double, so this rounds once, as a sum does.
      low = a.fma(a, low);
      high = b.fma(b, high);
    }
    low.intoArray(sums, lane);
    high.intoArray(sums, lane + half);
  }

  /** The same of factor·value, but at least the floor, which is at most 0. */
  static void addSquares(float[] values, float factor, float floor, double[] sums) {
    for (int lane = 0; lane < Lanes.COUNT; lane += Lanes.LENGTH) {
      addSquares(values, factor, floor, lane, sums);
    }
  }

  private static void addSquares(
      float[] values, float factor, float floor, int lane, double[] sums) {
    int half = DOUBLES.length();
    DoubleVector low = DoubleVector.fromArray(DOUBLES, sums, lane);
    DoubleVector high = DoubleVector.fromArray(DOUBLES, sums, lane + half);
    for (int i = Lanes.ORIGIN + lane; i < values.length; i += Lanes.COUNT) {
      DoubleVector a = doubles(FloatVector.fromArray(HALF, values, i).mul(factor).max(floor));
      DoubleVector b =
          doubles(FloatVector.fromArray(HALF, values, i + half).mul(factor).max(floor));
      low = a.fma(a, low);
      high = b.fma(b, high);
    }
    low.intoArray(sums, lane);
    high.intoArray(sums, lane + half);
  }

  private static DoubleVector doubles(FloatVector half) {
    return (DoubleVector) half.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
