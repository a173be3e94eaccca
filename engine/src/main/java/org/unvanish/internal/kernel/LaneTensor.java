package org.unvanish.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Shape;

/**
 * One value of the network for a block of 16 samples: {@code values[channel][row][column][lane]}.
 *
 * <p>Around each channel lies a halo of zeros, as wide as the kernel that reads it needs, so that
 * same padding takes no branches. Kernels write the inside only; the halo stays zero.
 *
 * <p>Where several blocks are under way, the tensor keeps the values of each and shows those of the
 * {@linkplain #select selected} one.
 */
public final class LaneTensor {

  final Shape shape;
  final int halo;

  /** Floats from one row to the next. */
  final int rowStride;

  /** Floats from one channel to the next. */
  final int channelStride;

  /** Of the selected block. */
  float[] values;

  /** Of all blocks that were ever selected, the first one first. */
  private final List<float[]> kept = new ArrayList<>(1);

  /**
   * A tensor of zeros.
   *
   * @param shape of one sample
   * @param halo pixels around each channel, at least 0
   */
  public LaneTensor(Shape shape, int halo) {
    this.shape = shape;
    this.halo = halo;
    this.rowStride = (shape.columns() + 2 * halo) * Lanes.COUNT;
    this.channelStride = (shape.rows() + 2 * halo) * rowStride;
    this.values =
        new float[Math.addExact(Lanes.ORIGIN, Math.multiplyExact(shape.channels(), channelStride))];
    kept.add(values);
  }

  /**
   * Turns to the values of a block. A block that is new to the tensor has zeros.
   *
   * @param block its number in the batch, from 0
   */
  public void select(int block) {
    while (kept.size() <= block) {
      kept.add(new float[values.length]);
    }
    values = kept.get(block);
  }

  /** The values of a block that was selected before. */
  float[] kept(int block) {
    return kept.get(block);
  }

  /** The shape of one sample. */
  public Shape shape() {
    return shape;
  }

  /** Copies the values into a tensor of the same shape, whatever the halos. */
  public void copyTo(LaneTensor other) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.rows(); row++) {
        System.arraycopy(
            values,
            index(channel, row, 0),
            other.values,
            other.index(channel, row, 0),
            rowLength());
      }
    }
  }

  /** Pixels around each channel. */
  public int halo() {
    return halo;
  }

  /** Where lane 0 of a pixel lies in the values. */
  int index(int channel, int row, int column) {
    return Lanes.ORIGIN
        + channel * channelStride
        + (row + halo) * rowStride
        + (column + halo) * Lanes.COUNT;
  }

  /**
   * Where lane 0 of a value lies in the values.
   *
   * @param value its number, counted channel by channel and row by row
   */
  int index(int value) {
    int row = value / shape.columns();
    return index(row / shape.rows(), row % shape.rows(), value % shape.columns());
  }

  /**
   * A value of one sample.
   *
   * @param number of the value, counted channel by channel and row by row
   */
  public float value(int number, int lane) {
    return values[index(number) + lane];
  }

  /** Floats in a row, without the halo. */
  int rowLength() {
    return shape.columns() * Lanes.COUNT;
  }
}
