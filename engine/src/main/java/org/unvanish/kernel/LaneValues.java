package org.unvanish.kernel;

/** The values of a {@link LaneTensor} one by one: for measuring, where speed matters little. */
public final class LaneValues {

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
    // One sum for each lane: sums that do not wait for each other are several times as fast.
    double[] sums = new double[Lanes.COUNT];
    forEachRow(tensor, (channel, values, from, to) -> addSquares(values, from, to, sums));
    double sum = 0;
    for (int lane = 0; lane < samples; lane++) {
      sum += sums[lane];
    }
    return sum;
  }

  private static void addSquares(float[] values, int from, int to, double[] sums) {
    for (int i = from; i < to; i += Lanes.COUNT) {
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        double value = values[i + lane];
        sums[lane] += value * value;
      }
    }
  }
}
