package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;

import java.util.Arrays;
import org.unvanish.data.Shape;

/**
 * Convolution: output, weight gradient and, as the same convolution with turned weights, input
 * gradient. Its own one is k×k with stride 1 and same padding; {@link Phases} turn any other into
 * such ones.
 *
 * <p>A <em>tap</em> is one weight of a filter: (channel, row, column) of the kernel, that is, an
 * offset into the padded input. A tile of a few pixels and filters keeps its sums in registers
 * while it walks along the taps; the weight gradient keeps those of a few taps and filters while it
 * walks along pixels. Filters and taps are processed in groups of three, or of four where that
 * leaves fewer over; where their number is not divisible, the last ones are done twice and the
 * surplus is not used.
 *
 * <p>Every sum runs in one order (taps in order of the weights, pixels row by row), so tiles and
 * vector lengths do not show in the bits.
 */
public final class ConvolutionKernel implements WindowKernel {

  static final int THREE = 3;
  static final int FOUR = 4;
  private static final int COUNT = Lanes.COUNT;

  /** Taps whose accumulators and input rows together stay in the first-level cache. */
  private static final int TAPS_AT_ONCE = 36;

  /** Pixels of a group's gradients that stay in the first-level cache beside them. */
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

  /** Filters, and taps of the weight gradient, that are processed together. */
  private final int group;

  /**
   * @param in what is read, with a halo of at least (k − 1)/2
   * @param kernel k, odd
   * @param filters output channels
   */
  public ConvolutionKernel(LaneTensor in, int kernel, int filters) {
    this(in, in.shape, taps(in, kernel), in.shape, filters, kernel % THREE == 0);
  }

  /** From input to output, with any stride and padding. */
  public ConvolutionKernel(Phases phases) {
    this(
        phases.input(),
        phases.shape(),
        phases.taps(),
        phases.outShape(),
        phases.outShape().channels(),
        phases.window().columns() % THREE == 0 && phases.window().columnStride() == 1);
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
    // Twelve sums and their factors need more than the 16 registers of shorter vectors.
    this.wideTiles = LENGTH == COUNT && columns >= FOUR;
    this.group =
        wideTiles && groups(filters, FOUR) * FOUR <= groups(filters, THREE) * THREE ? FOUR : THREE;
    this.packed = new float[groups(filters) * taps.length * group];
    this.byRow = threes && columns >= LONG_ROW && group == THREE;
    this.inPixels = pixels(in);
  }

  @Override
  public int sumsLength() {
    return Lanes.ORIGIN + groups(filters) * groups(taps.length) * groupSums();
  }

  /** Accumulators of one group of taps by one group of filters. */
  private int groupSums() {
    return group * group * COUNT;
  }

  private int groups(int count) {
    return groups(count, group);
  }

  private static int groups(int count, int group) {
    return (count + group - 1) / group;
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
    for (int first = 0; first < filters; first += group) {
      for (int i = 0; i < group; i++) {
        int from = offset + Math.min(first + i, filters - 1) * taps.length;
        int to = first * taps.length + i;
        for (int tap = 0; tap < taps.length; tap++) {
          packed[to + tap * group] = weights[from + tap];
        }
      }
    }
  }

  @Override
  public void setTurnedWeights(float[] weights, int offset, int area, int[] positions) {
    for (int first = 0; first < filters; first += group) {
      for (int i = 0; i < group; i++) {
        int filter = Math.min(first + i, filters - 1);
        int to = first * taps.length + i;
        for (int channel = 0; channel < channels; channel++) {
          // The other one's filters are this one's channels, and its channels this one's filters.
          int from = offset + (channel * filters + filter) * area;
          for (int position : positions) {
            packed[to] = weights[from + position];
            to += group;
          }
        }
      }
    }
  }

  @Override
  public void forward(int row, LaneTensor out) {
    int tile = wideTiles ? FOUR : THREE;
    for (int first = 0; first < filters; first += group) {
      int weights = first * taps.length;
      if (columns >= tile) {
        for (int start = 0; start < columns; start += tile) {
          // Where tiles do not divide the row, the last one overlaps the one before it.
          int column = Math.min(start, columns - tile);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            tile(row, column, lane, first, weights, out);
          }
        }
      } else {
        for (int column = 0; column < columns; column++) {
          int from = in.index(0, row, column);
          for (int i = 0; i < Math.min(group, filters - first); i++) {
            int to = out.index(first + i, row, column);
            for (int lane = 0; lane < COUNT; lane += LENGTH) {
              pixel(from + lane, weights + i, out.values, to + lane);
            }
          }
        }
      }
    }
  }

  private void tile(int row, int column, int lane, int first, int weights, LaneTensor out) {
    int from = in.index(0, row, column) + lane;
    int to0 = out.index(first, row, column) + lane;
    int to1 = out.index(Math.min(first + 1, filters - 1), row, column) + lane;
    int to2 = out.index(Math.min(first + 2, filters - 1), row, column) + lane;
    if (group == FOUR) {
      int to3 = out.index(Math.min(first + 3, filters - 1), row, column) + lane;
      ConvolutionLoops.fourPixelsOfFour(
          in.values, from, taps, packed, weights, out.values, to0, to1, to2, to3);
    } else if (wideTiles) {
      ConvolutionLoops.fourPixels(
          in.values, from, taps, packed, weights, out.values, to0, to1, to2);
    } else {
      ConvolutionLoops.threePixels(
          in.values, from, taps, packed, weights, out.values, to0, to1, to2);
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
    for (int filter = 0; filter < filters; filter += group) {
      for (int first = 0; first < taps.length; first += TAPS_AT_ONCE) {
        int end = Math.min(taps.length, first + TAPS_AT_ONCE);
        for (int pixel = 0; pixel < inPixels.length; pixel += atOnce) {
          for (int tap = first; tap < end; tap += group) {
            addWeightGradient(outGradient, filter, tap, pixel, atOnce, sums);
          }
        }
      }
    }
  }

  /** A group of filters, a group of taps and a few pixels of {@link #addWeightGradient}. */
  private void addWeightGradient(
      LaneTensor outGradient, int filter, int tap, int pixel, int atOnce, float[] sums) {
    int sum = Lanes.ORIGIN + (filter / group * groups(taps.length) + tap / group) * groupSums();
    int from = in.index(0, 0, 0);
    int x0 = from + taps[tap];
    int x1 = from + tap(tap + 1);
    int x2 = from + tap(tap + 2);
    int g0 = outGradient.index(filter, 0, 0);
    int g1 = outGradient.index(Math.min(filter + 1, filters - 1), 0, 0);
    int g2 = outGradient.index(Math.min(filter + 2, filters - 1), 0, 0);
    int end = Math.min(inPixels.length, pixel + atOnce);
    if (group == FOUR) {
      ConvolutionLoops.fourTapsAlong(
          in.values,
          inPixels,
          x0,
          x1,
          x2,
          from + tap(tap + 3),
          outGradient.values,
          gradientPixels,
          g0,
          g1,
          g2,
          outGradient.index(Math.min(filter + 3, filters - 1), 0, 0),
          pixel,
          end,
          sums,
          sum);
      return;
    }
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
            end,
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
    int sum = Lanes.ORIGIN;
    for (int first = 0; first < filters; first += group) {
      for (int tap = 0; tap < taps.length; tap += group) {
        int used = Math.min(group, taps.length - tap);
        for (int i = 0; i < Math.min(group, filters - first); i++) {
          int to = offset + (first + i) * taps.length + tap;
          int at = sum + i * group * COUNT;
          for (int j = 0; j < used; j++) {
            gradient[to + j] = Lanes.sum(sums, at + j * COUNT);
          }
        }
        // While it is in the cache.
        Arrays.fill(sums, sum, sum + groupSums(), 0);
        sum += groupSums();
      }
    }
  }
}
