package org.unvanish.forecast;

import org.unvanish.data.Shape;
import org.unvanish.network.Convolutional;

/**
 * Which places weights read, so that energies can be followed through them: a kernel that moves
 * over rows and columns, with zeros around.
 *
 * @param rows of the kernel
 * @param columns of the kernel
 * @param rowStride rows from one output to the next
 * @param columnStride columns from one output to the next
 * @param rowZeros rows of zeros on either side
 * @param columnZeros columns of zeros on either side
 */
record Taps(int rows, int columns, int rowStride, int columnStride, int rowZeros, int columnZeros) {

  /** One tap. */
  static final Taps POINT = new Taps(1, 1, 1, 1, 0, 0);

  static Taps of(Convolutional layer) {
    return new Taps(
        layer.kernelRows(),
        layer.kernel(),
        layer.rowStride(),
        layer.stride(),
        layer.padding().zeros(layer.kernelRows()),
        layer.padding().zeros(layer.kernel()));
  }

  /** All places at once. */
  static Taps all(Shape input) {
    return new Taps(input.rows(), input.columns(), 1, 1, 0, 0);
  }

  /** The one in the middle. */
  Taps centre() {
    return new Taps(1, 1, rowStride, columnStride, rowZeros - rows / 2, columnZeros - columns / 2);
  }

  /** The number of taps. */
  int count() {
    return rows * columns;
  }

  /** The larger stride. */
  int stride() {
    return Math.max(rowStride, columnStride);
  }

  /** The mean over the taps of each output, with zeros where a tap lies outside. */
  double[] forward(double[] values, Shape input, Shape output) {
    double[] means = new double[output.rows() * output.columns()];
    move(input, output, (from, to) -> means[to] += values[from] / count());
    return means;
  }

  /** Each output spread evenly over its taps; what falls outside is lost. */
  double[] back(double[] energies, Shape input, Shape output) {
    double[] spread = new double[input.rows() * input.columns()];
    move(input, output, (from, to) -> spread[from] += energies[to] / count());
    return spread;
  }

  /**
   * The mean over the taps of a power of the share of outputs for which the tap lies inside.
   *
   * @param power 1 for one output, 2 for two that are far apart
   */
  double share(Shape input, Shape output, int power) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double row = inside(i - rowZeros, rowStride, input.rows(), output.rows());
      for (int j = 0; j < columns; j++) {
        double column = inside(j - columnZeros, columnStride, input.columns(), output.columns());
        sum += StrictMath.pow(row * column, power);
      }
    }
    return sum / count();
  }

  private static double inside(int from, int stride, int size, int outputs) {
    int inside = 0;
    for (int i = 0; i < outputs; i++) {
      int at = from + i * stride;
      inside += at >= 0 && at < size ? 1 : 0;
    }
    return (double) inside / outputs;
  }

  private interface Move {
    void tap(int from, int to);
  }

  private void move(Shape input, Shape output, Move move) {
    for (int row = 0; row < output.rows(); row++) {
      for (int column = 0; column < output.columns(); column++) {
        int to = row * output.columns() + column;
        for (int i = 0; i < rows; i++) {
          int y = row * rowStride + i - rowZeros;
          if (y < 0 || y >= input.rows()) {
            continue;
          }
          for (int j = 0; j < columns; j++) {
            int x = column * columnStride + j - columnZeros;
            if (x >= 0 && x < input.columns()) {
              move.tap(y * input.columns() + x, to);
            }
          }
        }
      }
    }
  }
}
