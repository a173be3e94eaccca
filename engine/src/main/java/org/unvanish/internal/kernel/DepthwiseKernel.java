package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The first half of a depthwise-separable convolution: one k×k kernel for each channel.
 *
 * <p>Sums run in the order of the weights and of the pixels, as in {@link ConvolutionKernel}.
 */
public final class DepthwiseKernel {

  private static final int COUNT = Lanes.COUNT;

  /** Taps of the usual 3×3 kernel. */
  private static final int NINE = 9;

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
        if (taps.length == NINE) {
          rowOfNine(
              in.values,
              from + lane,
              in.rowStride,
              weights,
              channel * NINE,
              out.values,
              to + lane,
              length);
          continue;
        }
        for (int i = lane; i < length; i += COUNT) {
          pixel(in.values, from + i, taps, weights, channel * taps.length, out.values, to + i);
        }
      }
    }
  }

  /** A row of the usual 3×3 kernel: its weights stay in registers. */
  private static void rowOfNine(
      float[] in, int from, int stride, float[] weights, int weight, float[] out, int to, int n) {
    FloatVector w0 = FloatVector.broadcast(SPECIES, weights[weight]);
    FloatVector w1 = FloatVector.broadcast(SPECIES, weights[weight + 1]);
    FloatVector w2 = FloatVector.broadcast(SPECIES, weights[weight + 2]);
    FloatVector w3 = FloatVector.broadcast(SPECIES, weights[weight + 3]);
    FloatVector w4 = FloatVector.broadcast(SPECIES, weights[weight + 4]);
    FloatVector w5 = FloatVector.broadcast(SPECIES, weights[weight + 5]);
    FloatVector w6 = FloatVector.broadcast(SPECIES, weights[weight + 6]);
    FloatVector w7 = FloatVector.broadcast(SPECIES, weights[weight + 7]);
    FloatVector w8 = FloatVector.broadcast(SPECIES, weights[weight + 8]);
    FloatVector zero = FloatVector.zero(SPECIES);
    int above = from - stride;
    int below = from + stride;
    FloatVector a0 = FloatVector.fromArray(SPECIES, in, above - COUNT);
    FloatVector a1 = FloatVector.fromArray(SPECIES, in, above);
    FloatVector b0 = FloatVector.fromArray(SPECIES, in, from - COUNT);
    FloatVector b1 = FloatVector.fromArray(SPECIES, in, from);
    FloatVector c0 = FloatVector.fromArray(SPECIES, in, below - COUNT);
    FloatVector c1 = FloatVector.fromArray(SPECIES, in, below);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector a2 = FloatVector.fromArray(SPECIES, in, above + COUNT + i);
      FloatVector b2 = FloatVector.fromArray(SPECIES, in, from + COUNT + i);
      FloatVector c2 = FloatVector.fromArray(SPECIES, in, below + COUNT + i);
      FloatVector top = a2.fma(w2, a1.fma(w1, a0.fma(w0, zero)));
      FloatVector middle = b2.fma(w5, b1.fma(w4, b0.fma(w3, top)));
      c2.fma(w8, c1.fma(w7, c0.fma(w6, middle))).intoArray(out, to + i);
      a0 = a1;
      a1 = a2;
      b0 = b1;
      b1 = b2;
      c0 = c1;
      c1 = c2;
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
   * @param outGradient the gradient with respect to the output
   * @param sums of {@link #sumsLength()}
   */
  public void addWeightGradient(LaneTensor outGradient, float[] sums) {
    for (int row = 0; row < in.shape.rows(); row++) {
      for (int channel = 0; channel < in.shape.channels(); channel++) {
        int from = in.index(channel, row, 0);
        int gradient = outGradient.index(channel, row, 0);
        if (taps.length == NINE) {
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            weightRowOfNine(
                in.values,
                from + lane,
                in.rowStride,
                outGradient.values,
                gradient + lane,
                in.rowLength(),
                sums,
                channel * NINE * COUNT + lane);
          }
          continue;
        }
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

  /** The nine sums of the usual 3×3 kernel along a row. */
  private static void weightRowOfNine(
      float[] in, int from, int stride, float[] gradient, int g, int n, float[] sums, int at) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, at + COUNT);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, at + 2 * COUNT);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums, at + 3 * COUNT);
    FloatVector s4 = FloatVector.fromArray(SPECIES, sums, at + 4 * COUNT);
    FloatVector s5 = FloatVector.fromArray(SPECIES, sums, at + 5 * COUNT);
    FloatVector s6 = FloatVector.fromArray(SPECIES, sums, at + 6 * COUNT);
    FloatVector s7 = FloatVector.fromArray(SPECIES, sums, at + 7 * COUNT);
    FloatVector s8 = FloatVector.fromArray(SPECIES, sums, at + 8 * COUNT);
    int above = from - stride;
    int below = from + stride;
    FloatVector a0 = FloatVector.fromArray(SPECIES, in, above - COUNT);
    FloatVector a1 = FloatVector.fromArray(SPECIES, in, above);
    FloatVector b0 = FloatVector.fromArray(SPECIES, in, from - COUNT);
    FloatVector b1 = FloatVector.fromArray(SPECIES, in, from);
    FloatVector c0 = FloatVector.fromArray(SPECIES, in, below - COUNT);
    FloatVector c1 = FloatVector.fromArray(SPECIES, in, below);
    for (int i = 0; i < n; i += COUNT) {
      FloatVector q = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector a2 = FloatVector.fromArray(SPECIES, in, above + COUNT + i);
      FloatVector b2 = FloatVector.fromArray(SPECIES, in, from + COUNT + i);
      FloatVector c2 = FloatVector.fromArray(SPECIES, in, below + COUNT + i);
      s0 = a0.fma(q, s0);
      s1 = a1.fma(q, s1);
      s2 = a2.fma(q, s2);
      s3 = b0.fma(q, s3);
      s4 = b1.fma(q, s4);
      s5 = b2.fma(q, s5);
      s6 = c0.fma(q, s6);
      s7 = c1.fma(q, s7);
      s8 = c2.fma(q, s8);
      a0 = a1;
      a1 = a2;
      b0 = b1;
      b1 = b2;
      c0 = c1;
      c1 = c2;
    }
    s0.intoArray(sums, at);
    s1.intoArray(sums, at + COUNT);
    s2.intoArray(sums, at + 2 * COUNT);
    s3.intoArray(sums, at + 3 * COUNT);
    s4.intoArray(sums, at + 4 * COUNT);
    s5.intoArray(sums, at + 5 * COUNT);
    s6.intoArray(sums, at + 6 * COUNT);
    s7.intoArray(sums, at + 7 * COUNT);
    s8.intoArray(sums, at + 8 * COUNT);
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
