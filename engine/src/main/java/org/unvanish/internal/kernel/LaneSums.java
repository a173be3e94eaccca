package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Means and squared differences of each sample over some channels, 16 samples side by side.
 *
 * <p>A row at a time, with the sums in arrays in between: a vector that goes through the loops over
 * rows and channels would be an object to HotSpot's compiler, sooner or later.
 */
final class LaneSums {

  private LaneSums() {}

  /**
   * Takes the mean of each sample, then the sum of the squared differences from it.
   *
   * @param first channel
   * @param channels how many
   * @param means receives 16
   * @param squares receives 16
   * @param at where, in both
   */
  static void measure(
      LaneTensor x, int first, int channels, float[] means, float[] squares, int at) {
    Arrays.fill(means, at, at + COUNT, 0);
    Arrays.fill(squares, at, at + COUNT, 0);
    for (int channel = first; channel < first + channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        add(x.values, x.index(channel, row, 0), x.rowLength(), means, at);
      }
    }
    float count = (float) channels * x.shape.rows() * x.shape.columns();
    for (int lane = 0; lane < COUNT; lane++) {
      means[at + lane] /= count;
    }
    for (int channel = first; channel < first + channels; channel++) {
      for (int row = 0; row < x.shape.rows(); row++) {
        addSquares(x.values, x.index(channel, row, 0), x.rowLength(), means, squares, at);
      }
    }
  }

  private static void add(float[] values, int from, int length, float[] sums, int at) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, at + lane);
      for (int i = lane; i < length; i += COUNT) {
        sum = sum.add(FloatVector.fromArray(SPECIES, values, from + i));
      }
      sum.intoArray(sums, at + lane);
    }
  }

  private static void addSquares(
      float[] values, int from, int length, float[] means, float[] squares, int at) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector mean = FloatVector.fromArray(SPECIES, means, at + lane);
      FloatVector sum = FloatVector.fromArray(SPECIES, squares, at + lane);
      for (int i = lane; i < length; i += COUNT) {
        FloatVector difference = FloatVector.fromArray(SPECIES, values, from + i).sub(mean);
        sum = difference.fma(difference, sum);
      }
      sum.intoArray(squares, at + lane);
    }
  }
}
