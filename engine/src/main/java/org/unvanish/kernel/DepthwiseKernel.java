package org.unvanish.kernel;

import static org.unvanish.kernel.Lanes.LENGTH;
import static org.unvanish.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The first half of a depthwise-separable convolution: one k×k kernel for each channel.
 *
 * <p>Sums run in the order of the weights and of the pixels, as in {@link ConvolutionKernel}.
 */
public final class DepthwiseKernel {

  private static final int COUNT = Lanes.COUNT;

  private final LaneTensor in;
  private final int[] taps;
  private final float[] weights;

  /**
   * @param in what is read, with a halo of at least (k − 1)/2
   * @param kernel k, odd
   */
  public DepthwiseKernel(LaneTensor in, int kernel) {
    this.in = in;
    this.taps = new int[kernel * kernel];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = (i / kernel - kernel / 2) * in.rowStride + (i % kernel - kernel / 2) * COUNT;
    }
    this.weights = new float[in.shape.channels() * taps.length];
  }

  /** Floats that {@link #addWeightGradient} needs for its sums. */
  public int sumsLength() {
    return weights.length * COUNT;
  }

  /**
   * Takes over weights.
   *
   * @param source [channel, row, column]
   * @param offset of the first one
   */
  public void setWeights(float[] source, int offset) {
    System.arraycopy(source, offset, weights, 0, weights.length);
  }

  /** Takes over weights turned by half a turn: for the input gradient. */
  public void setTurnedWeights(float[] source, int offset) {
    int area = taps.length;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = source[offset + i / area * area + (area - 1 - i % area)];
    }
  }

  /** Computes one row of all channels. */
  public void forward(int row, LaneTensor out) {
    for (int channel = 0; channel < in.shape.channels(); channel++) {
      int from = in.index(channel, row, 0);
      int to = out.index(channel, row, 0);
      int length = in.rowLength();
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        for (int i = lane; i < length; i += COUNT) {
          pixel(in.values, from + i, taps, weights, channel * taps.length, out.values, to + i);
        }
      }
    }
  }

  private static void pixel(
      float[] in, int from, int[] taps, float[] weights, int weight, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < taps.length; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + taps[i])
              .fma(FloatVector.broadcast(SPECIES, weights[weight + i]), sum);
    }
    sum.intoArray(out, to);
  }

  /**
   * Adds a block's weight gradient to sums that stay apart by lane.
   *
   * @param outGradient the gradient by the output
   * @param sums of {@link #sumsLength()}
   */
  public void addWeightGradient(LaneTensor outGradient, float[] sums) {
    for (int row = 0; row < in.shape.rows(); row++) {
      for (int channel = 0; channel < in.shape.channels(); channel++) {
        int from = in.index(channel, row, 0);
        int gradient = outGradient.index(channel, row, 0);
        for (int tap = 0; tap < taps.length; tap++) {
          int sum = (channel * taps.length + tap) * COUNT;
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            weightRow(
                in.values,
                from + taps[tap] + lane,
                outGradient.values,
                gradient + lane,
                in.rowLength(),
                sums,
                sum + lane);
          }
        }
      }
    }
  }

  private static void weightRow(
      float[] in, int from, float[] gradient, int g, int length, float[] sums, int at) {
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, at);
    for (int i = 0; i < length; i += COUNT) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + i)
              .fma(FloatVector.fromArray(SPECIES, gradient, g + i), sum);
    }
    sum.intoArray(sums, at);
  }

  /**
   * Sums the lanes of {@link #addWeightGradient}.
   *
   * @param sums of {@link #sumsLength()}
   * @param gradient receives [channel, row, column]
   * @param offset of the first one
   */
  public void collectWeightGradient(float[] sums, float[] gradient, int offset) {
    for (int i = 0; i < weights.length; i++) {
      gradient[offset + i] = Lanes.sum(sums, i * COUNT);
    }
  }
}
