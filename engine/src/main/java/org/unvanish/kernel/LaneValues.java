package org.unvanish.kernel;

/** The values of a {@link LaneTensor} one by one: for measuring, where speed matters little. */
public final class LaneValues {

  private LaneValues() {}

  /** Is shown a value. */
  public interface Visitor {
    /** One value of a channel. */
    void visit(int channel, float value);
  }

  /** Says what a value becomes. */
  public interface Operator {
    /** The new value. */
    float apply(float value);
  }

  /**
   * Shows all values of the first samples, without the halo.
   *
   * @param samples lanes in use: the first ones
   */
  public static void forEach(LaneTensor tensor, int samples, Visitor visitor) {
    for (int channel = 0; channel < tensor.shape.channels(); channel++) {
      for (int row = 0; row < tensor.shape.rows(); row++) {
        int from = tensor.index(channel, row, 0);
        for (int i = from; i < from + tensor.rowLength(); i += Lanes.COUNT) {
          for (int lane = 0; lane < samples; lane++) {
            visitor.visit(channel, tensor.values[i + lane]);
          }
        }
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

  /** The sum of the squares of all values of the first samples. */
  public static double sumOfSquares(LaneTensor tensor, int samples) {
    double sum = 0;
    for (int channel = 0; channel < tensor.shape.channels(); channel++) {
      for (int row = 0; row < tensor.shape.rows(); row++) {
        int from = tensor.index(channel, row, 0);
        for (int i = from; i < from + tensor.rowLength(); i += Lanes.COUNT) {
          for (int lane = 0; lane < samples; lane++) {
            double value = tensor.values[i + lane];
            sum += value * value;
          }
        }
      }
    }
    return sum;
  }
}
