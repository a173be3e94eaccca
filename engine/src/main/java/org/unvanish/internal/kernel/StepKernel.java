package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Single time steps of sequences: between the tensors of a network, where they are rows, and those
 * of a recurrent layer, which are runs of values without a halo.
 */
public final class StepKernel {

  private StepKernel() {}

  /**
   * Copies a step.
   *
   * @param sequence has a channel for each value
   * @param row of the step
   * @param step receives all channels
   */
  public static void read(LaneTensor sequence, int row, LaneTensor step) {
    for (int channel = 0; channel < sequence.shape.channels(); channel++) {
      System.arraycopy(
          sequence.values,
          sequence.index(channel, row, 0),
          step.values,
          ORIGIN + channel * COUNT,
          COUNT);
    }
  }

  /**
   * Writes the first values of a step.
   *
   * @param step has at least as many values as are written
   * @param sequence receives them
   * @param channel the first one that receives a value
   * @param channels how many do
   * @param row of the step
   */
  public static void write(
      LaneTensor step, LaneTensor sequence, int channel, int channels, int row) {
    for (int i = 0; i < channels; i++) {
      System.arraycopy(
          step.values,
          ORIGIN + i * COUNT,
          sequence.values,
          sequence.index(channel + i, row, 0),
          COUNT);
    }
  }

  /** Adds a whole step to one that is there. */
  public static void add(LaneTensor step, LaneTensor sequence, int row) {
    for (int channel = 0; channel < sequence.shape.channels(); channel++) {
      add(
          sequence.values,
          sequence.index(channel, row, 0),
          step.values,
          ORIGIN + channel * COUNT,
          COUNT);
    }
  }

  /**
   * Adds some channels of a step to the first values of a tensor.
   *
   * @param sequence what is added
   * @param channel the first one that is
   * @param channels how many are
   * @param row of the step
   */
  public static void addTo(
      LaneTensor step, LaneTensor sequence, int channel, int channels, int row) {
    for (int i = 0; i < channels; i++) {
      add(
          step.values,
          ORIGIN + i * COUNT,
          sequence.values,
          sequence.index(channel + i, row, 0),
          COUNT);
    }
  }

  /** Writes zeros into a step of some channels. */
  public static void clear(LaneTensor sequence, int channel, int channels, int row) {
    for (int i = channel; i < channel + channels; i++) {
      int from = sequence.index(i, row, 0);
      Arrays.fill(sequence.values, from, from + COUNT, 0);
    }
  }

  /** Writes zeros. */
  public static void clear(LaneTensor step) {
    Arrays.fill(step.values, 0);
  }

  /** Copies the first values of a step to another. */
  public static void copy(LaneTensor from, LaneTensor to, int count) {
    System.arraycopy(from.values, ORIGIN, to.values, ORIGIN, count * COUNT);
  }

  /** Adds a step to another one. */
  public static void addTo(LaneTensor step, LaneTensor terms) {
    add(step.values, ORIGIN, terms.values, ORIGIN, step.values.length - ORIGIN);
  }

  /** Adds the first values of a step to those of another one. */
  public static void addTo(LaneTensor step, LaneTensor terms, int count) {
    add(step.values, ORIGIN, terms.values, ORIGIN, count * COUNT);
  }

  private static void add(float[] to, int at, float[] values, int from, int length) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector.fromArray(SPECIES, to, at + i)
          .add(FloatVector.fromArray(SPECIES, values, from + i))
          .intoArray(to, at + i);
    }
  }

  /**
   * Fills the first values of a step, the same for all samples.
   *
   * @param biases one for each value
   */
  public static void fill(LaneTensor step, float[] biases) {
    for (int i = 0; i < biases.length; i++) {
      fill(step.values, ORIGIN + i * COUNT, biases[i]);
    }
  }

  private static void fill(float[] values, int from, float bias) {
    for (int i = from; i < from + COUNT; i += LENGTH) {
      FloatVector.broadcast(SPECIES, bias).intoArray(values, i);
    }
  }

  /**
   * Adds a step's gradient of biases to sums that stay apart by lane.
   *
   * @param gradient with respect to what the biases were added to
   * @param first the value that the first bias was added to
   * @param sums 16 for each bias
   */
  public static void addBiasGradient(LaneTensor gradient, int first, float[] sums) {
    add(sums, 0, gradient.values, ORIGIN + first * COUNT, sums.length);
  }

  /**
   * Takes each value from one of two tensors.
   *
   * @param lanes 16 numbers: where one is not 0, its lane is taken from the first tensor
   * @param first may be the one that receives the values
   * @param second likewise
   */
  public static void choose(float[] lanes, LaneTensor first, LaneTensor second, LaneTensor chosen) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      choose(lanes, lane, first.values, second.values, chosen.values);
    }
  }

  private static void choose(
      float[] lanes, int lane, float[] first, float[] second, float[] chosen) {
    VectorMask<Float> mask =
        FloatVector.fromArray(SPECIES, lanes, lane).compare(VectorOperators.NE, 0);
    for (int i = ORIGIN + lane; i < chosen.length; i += COUNT) {
      FloatVector.fromArray(SPECIES, second, i)
          .blend(FloatVector.fromArray(SPECIES, first, i), mask)
          .intoArray(chosen, i);
    }
  }
}
