package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;

import org.unvanish.data.Shape;

/**
 * Convolution: output, weight gradient and, as the same convolution with turned weights, input
 * gradient. Its own one is k×k with stride 1 and same padding; {@link Phases} turn any other into
 * such ones.
 *
 * <p>A <em>tap</em> is one weight of a filter: (channel, row, column) of the kernel, that is, an
 * offset into the padded input. A tile of a few pixels and three filters keeps its sums in
 * registers while it walks along the taps; the weight gradient keeps nine, three taps by three
 * filters, while it walks along a row. Filters and taps are processed in threes; where their number
 * is not divisible, the last ones are done twice and the surplus is not used.
 *
 * <p>Every sum runs in one order (taps in order of the weights, pixels row by row), so tiles and
 * vector lengths do not show in the bits.
 */
public final class ConvolutionKernel implements WindowKernel {

  static final int GROUP = 3;
  private static final int COUNT = Lanes.COUNT;

  private static final int WIDE_TILE = 4;
  private static final int TILE = 3;

  /** Accumulators of one group of taps by one group of filters. */
  private static final int GROUP_SUMS = GROUP * GROUP * COUNT;

  /** Tap groups whose accumulators and input rows together stay in the first-level cache. */
  private static final int TAP_GROUPS_AT_ONCE = 12;

  /** Pixels of three filters' gradients that stay in the first-level cache beside them. */
  private static final int PIXELS_AT_ONCE = 64;

  /** Pixels in a row from which on taking up sums for each row costs little. */
  private static final int LONG_ROW = 32;

  private final LaneTensor in;
  private final int channels;
  private final int rows;
  private final int columns;
  private final int filters;
  private final int[] taps;
  private final float[] packed;

  /**
   * Whether the weight gradient goes along rows, with three neighbouring columns of a kernel row at
   * a time: one input is read, not three. In short rows it would too often take up its sums anew.
   */
  private final boolean byRow;

  /** Offsets of a channel's pixels from its first one. */
  private final int[] inPixels;

  /** Likewise in the gradient, for the last {@link #gradientStride} seen. */
  private int[] gradientPixels = {};

  private int gradientStride = -1;

  /** Whether tiles have four pixels or three. */
  private final boolean wideTiles;

  /**
   * @param in what is read, with a halo of at least (k − 1)/2
   * @param kernel k, odd
   * @param filters output channels
   */
  public ConvolutionKernel(LaneTensor in, int kernel, int filters) {
    this(in, in.shape, taps(in, kernel), in.shape, filters, kernel % GROUP == 0);
  }

  /** From input to output, with any stride and padding. */
  public ConvolutionKernel(Phases phases) {
    this(
        phases.input(),
        phases.shape(),
        phases.taps(),
        phases.outShape(),
        phases.outShape().channels(),
        phases.window().columns() % GROUP == 0 && phases.window().columnStride() == 1);
  }

  /**
   * From the gradient with respect to the output to that with respect to one phase of the input.
   */
  public ConvolutionKernel(Phases phases, Phases.Phase phase) {
    this(
        phases.outGradient(),
        phases.outShape(),
        phase.taps(),
        phase.gradient().shape,
        phases.shape().channels(),
        false);
  }

  /**
   * @param read channels of it are read
   * @param around the taps' offsets within a channel
   * @param places rows and columns of it are computed
   * @param threes whether three taps after each other are neighbours in a row
   */
  private ConvolutionKernel(
      LaneTensor in, Shape read, int[] around, Shape places, int filters, boolean threes) {
    this.in = in;
    this.channels = read.channels();
    this.rows = places.rows();
    this.columns = places.columns();
    this.filters = filters;
    this.taps = new int[channels * around.length];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = i / around.length * in.channelStride + around[i % around.length];
    }
    this.packed = new float[groups(filters) * taps.length * GROUP];
    this.byRow = threes && columns >= LONG_ROW;
    this.inPixels = pixels(in);
    // Twelve sums and their factors need more than the 16 registers of shorter vectors.
    this.wideTiles = LENGTH == COUNT && columns >= WIDE_TILE;
  }

  @Override
  public int sumsLength() {
    return Lanes.ORIGIN + groups(filters) * groups(taps.length) * GROUP_SUMS;
  }

  private static int groups(int count) {
    return (count + GROUP - 1) / GROUP;
  }

  /** Offsets of a k×k kernel's taps from its middle, in row order. */
  static int[] taps(LaneTensor in, int kernel) {
    int[] taps = new int[kernel * kernel];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = (i / kernel - kernel / 2) * in.rowStride + (i % kernel - kernel / 2) * COUNT;
    }
    return taps;
  }

  /** The positions of a kernel's weights from the last to the first: half a turn. */
  public static int[] halfTurn(int area) {
    int[] positions = new int[area];
    for (int i = 0; i < area; i++) {
      positions[i] = area - 1 - i;
    }
    return positions;
  }

  private int[] pixels(LaneTensor tensor) {
    int[] pixels = new int[rows * columns];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / columns * tensor.rowStride + i % columns * COUNT;
    }
    return pixels;
  }

  @Override
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

  @Override
  public void setTurnedWeights(float[] weights, int offset, int area, int[] positions) {
    int n = taps.length;
    for (int f = 0; f < groups(filters) * GROUP; f++) {
      int filter = Math.min(f, filters - 1);
      int to = f / GROUP * n * GROUP + f % GROUP;
      for (int channel = 0; channel < channels; channel++) {
        // The other one's filters are this one's channels, and its channels this one's filters.
        int from = offset + (channel * filters + filter) * area;
        for (int i = 0; i < positions.length; i++) {
          packed[to + (channel * positions.length + i) * GROUP] = weights[from + positions[i]];
        }
      }
    }
  }

  @Override
  public void forward(int row, LaneTensor out) {
    int tile = wideTiles ? WIDE_TILE : TILE;
    for (int group = 0; group < groups(filters); group++) {
      int weights = group * taps.length * GROUP;
      int channel0 = group * GROUP;
      int channel1 = Math.min(channel0 + 1, filters - 1);
      int channel2 = Math.min(channel0 + 2, filters - 1);
      if (columns >= tile) {
        for (int start = 0; start < columns; start += tile) {
          // Where tiles do not divide the row, the last one overlaps the one before it.
          int column = Math.min(start, columns - tile);
          int from = in.index(0, row, column);
          int to0 = out.index(channel0, row, column);
          int to1 = out.index(channel1, row, column);
          int to2 = out.index(channel2, row, column);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            tile(from + lane, weights, out.values, to0 + lane, to1 + lane, to2 + lane);
          }
        }
      } else {
        for (int column = 0; column < columns; column++) {
          int from = in.index(0, row, column);
          int to0 = out.index(channel0, row, column);
          int to1 = out.index(channel1, row, column);
          int to2 = out.index(channel2, row, column);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            pixel(from + lane, weights, out.values, to0 + lane);
            pixel(from + lane, weights + channel1 - channel0, out.values, to1 + lane);
            pixel(from + lane, weights + channel2 - channel0, out.values, to2 + lane);
          }
        }
      }
    }
  }

  private void tile(int from, int weight, float[] out, int to0, int to1, int to2) {
    if (wideTiles) {
      ConvolutionLoops.fourPixels(in.values, from, taps, packed, weight, out, to0, to1, to2);
    } else {
      ConvolutionLoops.threePixels(in.values, from, taps, packed, weight, out, to0, to1, to2);
    }
  }

  private void pixel(int from, int weight, float[] out, int to) {
    ConvolutionLoops.onePixel(in.values, from, taps, packed, weight, out, to);
  }

  @Override
  public void addWeightGradient(LaneTensor outGradient, float[] sums) {
    if (outGradient.rowStride != gradientStride) {
      gradientPixels = pixels(outGradient);
      gradientStride = outGradient.rowStride;
    }
    int atOnce = byRow ? columns : PIXELS_AT_ONCE;
    int tapGroups = groups(taps.length);
    for (int group = 0; group < groups(filters); group++) {
      for (int first = 0; first < tapGroups; first += TAP_GROUPS_AT_ONCE) {
        int end = Math.min(tapGroups, first + TAP_GROUPS_AT_ONCE);
        for (int pixel = 0; pixel < inPixels.length; pixel += atOnce) {
          for (int tapGroup = first; tapGroup < end; tapGroup++) {
            addWeightGradient(outGradient, group, tapGroup, pixel, atOnce, sums);
          }
        }
      }
    }
  }

  /** Three filters, three taps and a few pixels of {@link #addWeightGradient}. */
  private void addWeightGradient(
      LaneTensor outGradient, int group, int tapGroup, int pixel, int atOnce, float[] sums) {
    int sum = Lanes.ORIGIN + (group * groups(taps.length) + tapGroup) * GROUP_SUMS;
    int from = in.index(0, 0, 0);
    int x0 = from + tap(tapGroup * GROUP);
    int x1 = from + tap(tapGroup * GROUP + 1);
    int x2 = from + tap(tapGroup * GROUP + 2);
    int channel0 = group * GROUP;
    int g0 = outGradient.index(channel0, 0, 0);
    int g1 = outGradient.index(Math.min(channel0 + 1, filters - 1), 0, 0);
    int g2 = outGradient.index(Math.min(channel0 + 2, filters - 1), 0, 0);
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      if (byRow) {
        int x = inPixels[pixel] + lane;
        int g = gradientPixels[pixel] + lane;
        ConvolutionLoops.neighboursByRow(
            in.values,
            x0 + x,
            outGradient.values,
            g0 + g,
            g1 + g,
            g2 + g,
            columns * COUNT,
            sums,
            sum + lane);
      } else {
        ConvolutionLoops.tapsAlong(
            in.values,
            inPixels,
            x0 + lane,
            x1 + lane,
            x2 + lane,
            outGradient.values,
            gradientPixels,
            g0 + lane,
            g1 + lane,
            g2 + lane,
            pixel,
            Math.min(inPixels.length, pixel + atOnce),
            sums,
            sum + lane);
      }
    }
  }

  private int tap(int i) {
    return taps[Math.min(i, taps.length - 1)];
  }

  @Override
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
