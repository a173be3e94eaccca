package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** A bias for each channel: added to a row, and its gradient. */
public final class BiasKernel {

  private static final int COUNT = Lanes.COUNT;

  private BiasKernel() {}

  /**
   * Adds a bias to each channel, in place.
   *
   * @param biases one for each channel
   */
  public static void add(LaneTensor tensor, float[] biases) {
    for (int channel = 0; channel < biases.length; channel++) {
      for (int row = 0; row < tensor.shape.rows(); row++) {
        int from = tensor.index(channel, row, 0);
        addTo(tensor.values, from, from + tensor.rowLength(), biases[channel]);
      }
    }
  }

  private static void addTo(float[] values, int from, int to, float bias) {
    for (int i = from; i < to; i += LENGTH) {
      FloatVector.fromArray(SPECIES, values, i)
          .add(FloatVector.broadcast(SPECIES, bias))
          .intoArray(values, i);
    }
  }

  /**
   * Adds a block's bias gradient to sums that stay apart by lane.
   *
   * @param outGradient the gradient with respect to the output
   * @param sums 16 for each channel
   */
  public static void addGradient(LaneTensor outGradient, float[] sums) {
    for (int channel = 0; channel < outGradient.shape.channels(); channel++) {
      for (int row = 0; row < outGradient.shape.rows(); row++) {
        int from = outGradient.index(channel, row, 0);
        for (int lane = 0; lane < COUNT; lane += LENGTH) {
          addRow(
              outGradient.values,
              from + lane,
              outGradient.rowLength(),
              sums,
              channel * COUNT + lane);
        }
      }
    }
  }

  private static void addRow(float[] values, int from, int length, float[] sums, int at) {
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, at);
    for (int i = 0; i < length; i += COUNT) {
      sum = sum.add(FloatVector.fromArray(SPECIES, values, from + i));
    }
    sum.intoArray(sums, at);
  }

  /**
   * Sums the lanes.
   *
   * @param sums 16 for each channel
   * @param gradient receives a value for each channel
   * @param offset of the first one
   */
  public static void collect(float[] sums, float[] gradient, int offset) {
    for (int i = 0; i < sums.length / COUNT; i++) {
      gradient[offset + i] = Lanes.sum(sums, i * COUNT);
    }
  }
}
