package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Max and average pooling over tiles, forward and backward. Rows and columns that fill no whole
 * tile get a gradient of 0.
 */
public final class PoolingKernel {

  private static final int COUNT = Lanes.COUNT;

  private final LaneTensor in;
  private final LaneTensor out;
  private final int rows;
  private final int columns;
  private final int[] tile;

  /** Likewise in the gradient, for the last stride of its rows seen. */
  private int[] gradientTile = {};

  private int gradientStride = -1;

  /**
   * @param in what is read
   * @param rows of a tile
   * @param columns of a tile
   * @param out receives a value for each whole tile
   */
  public PoolingKernel(LaneTensor in, int rows, int columns, LaneTensor out) {
    this.in = in;
    this.out = out;
    this.rows = rows;
    this.columns = columns;
    this.tile = tile(in);
  }

  /** Offsets of a tile's pixels from its first one, in row order. */
  private int[] tile(LaneTensor tensor) {
    int[] offsets = new int[rows * columns];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i / columns * tensor.rowStride + i % columns * COUNT;
    }
    return offsets;
  }

  /** Whether these are the usual 2×2 tiles. */
  private boolean isTwoByTwo() {
    return rows == 2 && columns == 2;
  }

  /** Where a gradient's tiles lie; what fills no tile is set to 0. */
  private void prepare(LaneTensor inGradient) {
    if (inGradient.rowStride != gradientStride) {
      gradientTile = tile(inGradient);
      gradientStride = inGradient.rowStride;
    }
    int pooledRows = out.shape.rows() * rows;
    int pooledLength = out.shape.columns() * columns * COUNT;
    for (int channel = 0; channel < in.shape.channels(); channel++) {
      for (int row = 0; row < in.shape.rows(); row++) {
        int from = inGradient.index(channel, row, 0);
        int pooled = row < pooledRows ? pooledLength : 0;
        Arrays.fill(inGradient.values, from + pooled, from + inGradient.rowLength(), 0);
      }
    }
  }

  /** Writes the maximum of each tile. */
  public void max() {
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      for (int row = 0; row < out.shape.rows(); row++) {
        int from = in.index(channel, row * rows, 0);
        int to = out.index(channel, row, 0);
        if (isTwoByTwo()) {
          rowOfMaxOfFour(in.values, from, in.rowStride, out.values, to, out.rowLength());
          continue;
        }
        for (int i = 0; i < out.rowLength(); i += COUNT) {
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            maxOf(in.values, from + i * columns + lane, tile, out.values, to + i + lane);
          }
        }
      }
    }
  }

  /** The usual 2×2 tiles, a row of them in one loop. */
  private static void rowOfMaxOfFour(
      float[] in, int x, int stride, float[] out, int to, int length) {
    for (int i = 0; i < length; i += LENGTH) {
      // Lanes of a pixel are neighbours in both tensors, pixels are twice as far apart in one.
      int left = x + 2 * i - i % COUNT;
      FloatVector max = FloatVector.fromArray(SPECIES, in, left);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, left + COUNT);
      max = max.blend(x1, x1.compare(VectorOperators.GT, max));
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, left + stride);
      max = max.blend(x2, x2.compare(VectorOperators.GT, max));
      FloatVector x3 = FloatVector.fromArray(SPECIES, in, left + stride + COUNT);
      max.blend(x3, x3.compare(VectorOperators.GT, max)).intoArray(out, to + i);
    }
  }

  private static void maxOf(float[] in, int from, int[] tile, float[] out, int to) {
    FloatVector max = FloatVector.fromArray(SPECIES, in, from);
    for (int i = 1; i < tile.length; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from + tile[i]);
      max = max.blend(x, x.compare(VectorOperators.GT, max));
    }
    max.intoArray(out, to);
  }

  /** Sends each tile's gradient to its first maximum; the others get 0. */
  public void maxGradient(LaneTensor outGradient, LaneTensor inGradient) {
    prepare(inGradient);
    if (isTwoByTwo()) {
      for (int channel = 0; channel < out.shape.channels(); channel++) {
        for (int row = 0; row < out.shape.rows(); row++) {
          sendRowToMaxOfFour(
              in.values,
              in.index(channel, 2 * row, 0),
              in.rowStride,
              outGradient.values,
              outGradient.index(channel, row, 0),
              out.rowLength(),
              inGradient.values,
              inGradient.index(channel, 2 * row, 0),
              inGradient.rowStride);
        }
      }
    } else {
      sendToMax(outGradient, inGradient);
    }
  }

  /** The usual 2×2 tiles, a row of them in one loop. */
  private static void sendRowToMaxOfFour(
      float[] in,
      int x,
      int xStride,
      float[] outGradient,
      int gy,
      int length,
      float[] inGradient,
      int gx,
      int gxStride) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < length; i += LENGTH) {
      // Lanes of a pixel are neighbours in both tensors, pixels are twice as far apart in one.
      int left = 2 * i - i % COUNT;
      int right = left + COUNT;
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, x + left);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, x + right);
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, x + xStride + left);
      FloatVector x3 = FloatVector.fromArray(SPECIES, in, x + xStride + right);
      FloatVector gradient = FloatVector.fromArray(SPECIES, outGradient, gy + i);
      // A later pixel wins only if it is larger: ties go to the first one.
      VectorMask<Float> second = x1.compare(VectorOperators.GT, x0);
      FloatVector upper = x0.blend(x1, second);
      VectorMask<Float> fourth = x3.compare(VectorOperators.GT, x2);
      FloatVector lower = x2.blend(x3, fourth);
      VectorMask<Float> below = lower.compare(VectorOperators.GT, upper);
      FloatVector above = gradient.blend(zero, below);
      FloatVector under = zero.blend(gradient, below);
      above.blend(zero, second).intoArray(inGradient, gx + left);
      zero.blend(above, second).intoArray(inGradient, gx + right);
      under.blend(zero, fourth).intoArray(inGradient, gx + gxStride + left);
      zero.blend(under, fourth).intoArray(inGradient, gx + gxStride + right);
    }
  }

  private void sendToMax(LaneTensor outGradient, LaneTensor inGradient) {
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      for (int row = 0; row < out.shape.rows(); row++) {
        for (int column = 0; column < out.shape.columns(); column++) {
          int x = in.index(channel, row * rows, column * columns);
          int y = out.index(channel, row, column);
          int gy = outGradient.index(channel, row, column);
          int gx = inGradient.index(channel, row * rows, column * columns);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            sendToMax(
                in.values,
                x + lane,
                tile,
                out.values,
                y + lane,
                outGradient.values,
                gy + lane,
                inGradient.values,
                gx + lane,
                gradientTile);
          }
        }
      }
    }
  }

  private static void sendToMax(
      float[] in,
      int x,
      int[] tile,
      float[] out,
      int y,
      float[] outGradient,
      int gy,
      float[] inGradient,
      int gx,
      int[] gradientTile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector max = FloatVector.fromArray(SPECIES, out, y);
    FloatVector left = FloatVector.fromArray(SPECIES, outGradient, gy);
    for (int i = 0; i < tile.length; i++) {
      VectorMask<Float> here =
          FloatVector.fromArray(SPECIES, in, x + tile[i]).compare(VectorOperators.EQ, max);
      zero.blend(left, here).intoArray(inGradient, gx + gradientTile[i]);
      left = left.blend(zero, here);
    }
  }

  /** Writes the mean of each tile. */
  public void average() {
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      for (int row = 0; row < out.shape.rows(); row++) {
        for (int column = 0; column < out.shape.columns(); column++) {
          int from = in.index(channel, row * rows, column * columns);
          int to = out.index(channel, row, column);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            averageOf(in.values, from + lane, tile, out.values, to + lane);
          }
        }
      }
    }
  }

  private static void averageOf(float[] in, int from, int[] tile, float[] out, int to) {
    FloatVector sum = FloatVector.fromArray(SPECIES, in, from);
    for (int i = 1; i < tile.length; i++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, in, from + tile[i]));
    }
    sum.mul(1f / tile.length).intoArray(out, to);
  }

  /** Spreads each tile's gradient evenly. */
  public void averageGradient(LaneTensor outGradient, LaneTensor inGradient) {
    prepare(inGradient);
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      for (int row = 0; row < out.shape.rows(); row++) {
        for (int column = 0; column < out.shape.columns(); column++) {
          int from = outGradient.index(channel, row, column);
          int to = inGradient.index(channel, row * rows, column * columns);
          for (int lane = 0; lane < COUNT; lane += LENGTH) {
            spread(outGradient.values, from + lane, inGradient.values, to + lane, gradientTile);
          }
        }
      }
    }
  }

  private static void spread(float[] from, int at, float[] to, int first, int[] tile) {
    FloatVector share = FloatVector.fromArray(SPECIES, from, at).mul(1f / tile.length);
    for (int i = 0; i < tile.length; i++) {
      share.intoArray(to, first + tile[i]);
    }
  }
}
