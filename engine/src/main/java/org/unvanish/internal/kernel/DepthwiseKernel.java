package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.unvanish.data.Shape;

/**
 * The first half of a depthwise-separable convolution: one k×k kernel for each channel.
 *
 * <p>Sums run in the order of the weights and of the pixels, as in {@link ConvolutionKernel}.
 */
public final class DepthwiseKernel implements WindowKernel {

  private static final int COUNT = Lanes.COUNT;

  /** Taps of the usual 3×3 kernel. */
  private static final int NINE = 9;

  private final LaneTensor in;
  private final int channels;
  private final int rows;
  private final int length;
  private final int[] taps;
  private final float[] weights;

  /** Whether this is the usual 3×3 kernel, whose taps are neighbours. */
  private final boolean nine;

  /**
   * @param in what is read, with a halo of at least (k − 1)/2
   * @param kernel k, odd
   */
  public DepthwiseKernel(LaneTensor in, int kernel) {
    this(in, in.shape, ConvolutionKernel.taps(in, kernel), in.shape, kernel * kernel == NINE);
  }

  /** From input to output, with any stride and padding. */
  public DepthwiseKernel(Phases phases) {
    this(phases.input(), phases.shape(), phases.taps(), phases.outShape(), false);
  }

  /**
   * From the gradient with respect to the output to that with respect to one phase of the input.
   */
  public DepthwiseKernel(Phases phases, Phases.Phase phase) {
    this(phases.outGradient(), phases.outShape(), phase.taps(), phase.gradient().shape, false);
  }

  private DepthwiseKernel(LaneTensor in, Shape read, int[] taps, Shape places, boolean nine) {
    this.in = in;
    this.channels = read.channels();
    this.rows = places.rows();
    this.length = places.columns() * COUNT;
    this.taps = taps;
    this.weights = new float[channels * taps.length];
    this.nine = nine;
  }

  @Override
  public int sumsLength() {
    return weights.length * COUNT;
  }

  @Override
  public void setWeights(float[] source, int offset) {
    System.arraycopy(source, offset, weights, 0, weights.length);
  }

  @Override
  public void setTurnedWeights(float[] source, int offset, int area, int[] positions) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = source[offset + i / positions.length * area + positions[i % positions.length]];
    }
  }

  @Override
  public void forward(int row, LaneTensor out) {
    for (int channel = 0; channel < channels; channel++) {
      int from = in.index(channel, row, 0);
      int to = out.index(channel, row, 0);
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        if (nine) {
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

  @Override
  public void addWeightGradient(LaneTensor outGradient, float[] sums) {
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = in.index(channel, row, 0);
        int gradient = outGradient.index(channel, row, 0);
        if (nine) {
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            weightRowOfNine(
                in.values,
                from + lane,
                in.rowStride,
                outGradient.values,
                gradient + lane,
                length,
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
                length,
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

  @Override
  public void collectWeightGradient(float[] sums, float[] gradient, int offset) {
    for (int i = 0; i < weights.length; i++) {
      gradient[offset + i] = Lanes.sum(sums, i * COUNT);
    }
  }
}
