package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The sum of two tensors of the same shape, whatever their halos. */
public final class SumKernel {

  private SumKernel() {}

  /**
   * Adds value by value.
   *
   * @param sum receives the sums
   */
  public static void add(LaneTensor a, LaneTensor b, LaneTensor sum) {
    for (int channel = 0; channel < sum.shape.channels(); channel++) {
      for (int row = 0; row < sum.shape.rows(); row++) {
        addRow(
            a.values,
            a.index(channel, row, 0),
            b.values,
            b.index(channel, row, 0),
            sum.values,
            sum.index(channel, row, 0),
            sum.rowLength());
      }
    }
  }

  private static void addRow(
      float[] a, int atA, float[] b, int atB, float[] sum, int to, int length) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector.fromArray(SPECIES, a, atA + i)
          .add(FloatVector.fromArray(SPECIES, b, atB + i))
          .intoArray(sum, to + i);
    }
  }
}
