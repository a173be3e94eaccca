package org.unvanish.kernel;

import static org.unvanish.kernel.Lanes.LENGTH;
import static org.unvanish.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * k×k convolution with same padding: output, weight gradient and, as the same convolution with
 * turned weights, input gradient.
 *
 * <p>A <em>tap</em> is one weight of a filter: (channel, row, column) of the kernel, that is, an
 * offset into the padded input. A tile of four pixels and three filters keeps twelve sums in
 * registers while it walks along the taps; the weight gradient keeps nine, three taps by three
 * filters, while it walks along a row. Filters and taps are processed in threes; where their number
 * is not divisible, the last ones are done twice and the surplus is not used.
 *
 * <p>Every sum runs in one order (taps in order of the weights, pixels row by row), so tiles and
 * vector lengths do not show in the bits. The inner methods are single flat loops because JDK 17
 * boxes vectors that live across nested loops.
 */
public final class ConvolutionKernel {

  static final int GROUP = 3;
  private static final int TILE = 4;
  private static final int COUNT = Lanes.COUNT;

  /** Accumulators of one group of taps by one group of filters. */
  private static final int GROUP_SUMS = GROUP * GROUP * COUNT;

  /** Tap groups whose accumulators and input rows together stay in the first-level cache. */
  private static final int TAP_GROUPS_AT_ONCE = 12;

  private final LaneTensor in;
  private final int kernel;
  private final int filters;
  private final int[] taps;
  private final float[] packed;

  /**
   * @param in what is read, with a halo of at least (k − 1)/2
   * @param kernel k, odd
   * @param filters output channels
   */
  public ConvolutionKernel(LaneTensor in, int kernel, int filters) {
    this.in = in;
    this.kernel = kernel;
    this.filters = filters;
    this.taps = taps(in, kernel);
    this.packed = new float[groups(filters) * taps.length * GROUP];
  }

  /** Floats that {@link #addWeightGradient} needs for its sums. */
  public int sumsLength() {
    return Lanes.ORIGIN + groups(filters) * groups(taps.length) * GROUP_SUMS;
  }

  private static int groups(int count) {
    return (count + GROUP - 1) / GROUP;
  }

  /** Offsets of the taps from the index of the output pixel in the input. */
  private static int[] taps(LaneTensor in, int kernel) {
    int reach = kernel / 2;
    int[] taps = new int[in.shape.channels() * kernel * kernel];
    int i = 0;
    for (int channel = 0; channel < in.shape.channels(); channel++) {
      for (int row = -reach; row <= reach; row++) {
        for (int column = -reach; column <= reach; column++) {
          taps[i++] = channel * in.channelStride + row * in.rowStride + column * COUNT;
        }
      }
    }
    return taps;
  }

  /**
   * Takes over weights for {@link #forward}.
   *
   * @param weights [filter, channel, row, column]
   * @param offset of the first one
   */
  public void setWeights(float[] weights, int offset) {
    int n = taps.length;
    for (int f = 0; f < groups(filters) * GROUP; f++) {
      int from = offset + Math.min(f, filters - 1) * n;
      int to = f / GROUP * n * GROUP + f % GROUP;
      for (int tap = 0; tap < n; tap++) {
        packed[to + tap * GROUP] = weights[from + tap];
      }
    }
  }

  /**
   * Takes over the weights of another convolution, turned so that {@link #forward} of its output
   * gradient gives its input gradient.
   *
   * @param weights of that convolution: [filter, channel, row, column], where its filters are this
   *     one's channels and its channels are this one's filters
   * @param offset of the first one
   */
  public void setTurnedWeights(float[] weights, int offset) {
    int n = taps.length;
    int area = kernel * kernel;
    for (int f = 0; f < groups(filters) * GROUP; f++) {
      int filter = Math.min(f, filters - 1);
      int to = f / GROUP * n * GROUP + f % GROUP;
      for (int tap = 0; tap < n; tap++) {
        int channel = tap / area;
        int turned = area - 1 - tap % area;
        packed[to + tap * GROUP] = weights[offset + (channel * filters + filter) * area + turned];
      }
    }
  }

  /**
   * Computes one row of all filters.
   *
   * @param row of the output
   * @param out of the input's rows and columns, a channel for each filter
   */
  public void forward(int row, LaneTensor out) {
    int columns = in.shape.columns();
    for (int group = 0; group < groups(filters); group++) {
      int weights = group * taps.length * GROUP;
      int channel0 = group * GROUP;
      int channel1 = Math.min(channel0 + 1, filters - 1);
      int channel2 = Math.min(channel0 + 2, filters - 1);
      if (columns >= TILE) {
        for (int start = 0; start < columns; start += TILE) {
          // The last tile of a width not divisible by four overlaps the one before it.
          int column = Math.min(start, columns - TILE);
          int from = in.index(0, row, column);
          int to0 = out.index(channel0, row, column);
          int to1 = out.index(channel1, row, column);
          int to2 = out.index(channel2, row, column);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            tile(
                in.values,
                from + lane,
                taps,
                packed,
                weights,
                out.values,
                to0 + lane,
                to1 + lane,
                to2 + lane);
          }
        }
      } else {
        for (int column = 0; column < columns; column++) {
          int from = in.index(0, row, column);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            pixel(
                in.values,
                from + lane,
                taps,
                packed,
                weights,
                out.values,
                out.index(channel0, row, column) + lane);
            pixel(
                in.values,
                from + lane,
                taps,
                packed,
                weights + channel1 - channel0,
                out.values,
                out.index(channel1, row, column) + lane);
            pixel(
                in.values,
                from + lane,
                taps,
                packed,
                weights + channel2 - channel0,
                out.values,
                out.index(channel2, row, column) + lane);
          }
        }
      }
    }
  }

  private static void tile(
      float[] in,
      int from,
      int[] taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    for (int i = 0; i < taps.length; i++) {
      int p = from + taps[i];
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, p);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, p + COUNT);
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, p + 2 * COUNT);
      FloatVector x3 = FloatVector.fromArray(SPECIES, in, p + 3 * COUNT);
      int w = weight + GROUP * i;
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = x0.fma(w0, a0);
      a1 = x1.fma(w0, a1);
      a2 = x2.fma(w0, a2);
      a3 = x3.fma(w0, a3);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = x0.fma(w1, b0);
      b1 = x1.fma(w1, b1);
      b2 = x2.fma(w1, b2);
      b3 = x3.fma(w1, b3);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      c0 = x0.fma(w2, c0);
      c1 = x1.fma(w2, c1);
      c2 = x2.fma(w2, c2);
      c3 = x3.fma(w2, c3);
    }
    a0.intoArray(out, to0);
    a1.intoArray(out, to0 + COUNT);
    a2.intoArray(out, to0 + 2 * COUNT);
    a3.intoArray(out, to0 + 3 * COUNT);
    b0.intoArray(out, to1);
    b1.intoArray(out, to1 + COUNT);
    b2.intoArray(out, to1 + 2 * COUNT);
    b3.intoArray(out, to1 + 3 * COUNT);
    c0.intoArray(out, to2);
    c1.intoArray(out, to2 + COUNT);
    c2.intoArray(out, to2 + 2 * COUNT);
    c3.intoArray(out, to2 + 3 * COUNT);
  }

  private static void pixel(
      float[] in, int from, int[] taps, float[] weights, int weight, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < taps.length; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + taps[i])
              .fma(FloatVector.broadcast(SPECIES, weights[weight + GROUP * i]), sum);
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
    int tapGroups = groups(taps.length);
    for (int group = 0; group < groups(filters); group++) {
      int channel0 = group * GROUP;
      int channel1 = Math.min(channel0 + 1, filters - 1);
      int channel2 = Math.min(channel0 + 2, filters - 1);
      for (int first = 0; first < tapGroups; first += TAP_GROUPS_AT_ONCE) {
        int end = Math.min(tapGroups, first + TAP_GROUPS_AT_ONCE);
        for (int row = 0; row < in.shape.rows(); row++) {
          int from = in.index(0, row, 0);
          int g0 = outGradient.index(channel0, row, 0);
          int g1 = outGradient.index(channel1, row, 0);
          int g2 = outGradient.index(channel2, row, 0);
          for (int tapGroup = first; tapGroup < end; tapGroup++) {
            int sum = Lanes.ORIGIN + (group * tapGroups + tapGroup) * GROUP_SUMS;
            int x0 = from + tap(tapGroup * GROUP);
            int x1 = from + tap(tapGroup * GROUP + 1);
            int x2 = from + tap(tapGroup * GROUP + 2);
            for (int lane = 0; lane < COUNT; lane += LENGTH) {
              weightRow(
                  in.values,
                  x0 + lane,
                  x1 + lane,
                  x2 + lane,
                  outGradient.values,
                  g0 + lane,
                  g1 + lane,
                  g2 + lane,
                  in.rowLength(),
                  sums,
                  sum + lane);
            }
          }
        }
      }
    }
  }

  private int tap(int i) {
    return taps[Math.min(i, taps.length - 1)];
  }

  private static void weightRow(
      float[] in,
      int x0,
      int x1,
      int x2,
      float[] gradient,
      int g0,
      int g1,
      int g2,
      int length,
      float[] sums,
      int sum) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, sum);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, sum + COUNT);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * COUNT);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, sum + 3 * COUNT);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, sum + 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, sum + 5 * COUNT);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, sum + 6 * COUNT);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, sum + 7 * COUNT);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, sum + 8 * COUNT);
    for (int i = 0; i < length; i += COUNT) {
      FloatVector p0 = FloatVector.fromArray(SPECIES, in, x0 + i);
      FloatVector p1 = FloatVector.fromArray(SPECIES, in, x1 + i);
      FloatVector p2 = FloatVector.fromArray(SPECIES, in, x2 + i);
      FloatVector q0 = FloatVector.fromArray(SPECIES, gradient, g0 + i);
      a0 = p0.fma(q0, a0);
      a1 = p1.fma(q0, a1);
      a2 = p2.fma(q0, a2);
      FloatVector q1 = FloatVector.fromArray(SPECIES, gradient, g1 + i);
      b0 = p0.fma(q1, b0);
      b1 = p1.fma(q1, b1);
      b2 = p2.fma(q1, b2);
      FloatVector q2 = FloatVector.fromArray(SPECIES, gradient, g2 + i);
      c0 = p0.fma(q2, c0);
      c1 = p1.fma(q2, c1);
      c2 = p2.fma(q2, c2);
    }
    a0.intoArray(sums, sum);
    a1.intoArray(sums, sum + COUNT);
    a2.intoArray(sums, sum + 2 * COUNT);
    b0.intoArray(sums, sum + 3 * COUNT);
    b1.intoArray(sums, sum + 4 * COUNT);
    b2.intoArray(sums, sum + 5 * COUNT);
    c0.intoArray(sums, sum + 6 * COUNT);
    c1.intoArray(sums, sum + 7 * COUNT);
    c2.intoArray(sums, sum + 8 * COUNT);
  }

  /**
   * Sums the lanes of {@link #addWeightGradient}.
   *
   * @param sums of {@link #sumsLength()}
   * @param gradient receives [filter, channel, row, column]
   * @param offset of the first one
   */
  public void collectWeightGradient(float[] sums, float[] gradient, int offset) {
    int tapGroups = groups(taps.length);
    for (int filter = 0; filter < filters; filter++) {
      for (int tap = 0; tap < taps.length; tap++) {
        int group = filter / GROUP * tapGroups + tap / GROUP;
        int at = Lanes.ORIGIN + group * GROUP_SUMS + (filter % GROUP * GROUP + tap % GROUP) * COUNT;
        gradient[offset + filter * taps.length + tap] = Lanes.sum(sums, at);
      }
    }
  }
}
