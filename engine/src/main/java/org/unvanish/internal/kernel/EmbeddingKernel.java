package org.unvanish.internal.kernel;

import java.util.Arrays;

/** Looks up the values of categories, and adds up their gradients, sample by sample. */
public final class EmbeddingKernel {

  private static final int COUNT = Lanes.COUNT;

  private final int column;
  private final int size;
  private final float[] weights;
  private final float[] sums;

  /**
   * @param column the channel with the numbers of the categories
   * @param categories how many there are
   * @param size values for each
   */
  public EmbeddingKernel(int column, int categories, int size) {
    this.column = column;
    this.size = size;
    this.weights = new float[Math.multiplyExact(categories, size)];
    this.sums = new float[weights.length];
  }

  /**
   * Takes over weights and forgets the gradients.
   *
   * @param parameters has the values of each category from the offset on
   */
  public void begin(float[] parameters, int offset) {
    System.arraycopy(parameters, offset, weights, 0, weights.length);
    Arrays.fill(sums, 0);
  }

  /**
   * Computes a block.
   *
   * @param x flat; the numbers of categories are whole and in their range
   * @param y receives the other values and those of the categories
   */
  public void forward(LaneTensor x, LaneTensor y) {
    copyOthers(x, y, false);
    int numbers = x.index(column, 0, 0);
    for (int i = 0; i < size; i++) {
      int to = y.index(column + i, 0, 0);
      for (int lane = 0; lane < COUNT; lane++) {
        y.values[to + lane] = weights[((int) x.values[numbers + lane]) * size + i];
      }
    }
  }

  /**
   * Adds a block's gradients, one sample after the other.
   *
   * @param samples lanes in use
   */
  public void addGradient(LaneTensor x, LaneTensor yGradient, int samples) {
    int numbers = x.index(column, 0, 0);
    for (int i = 0; i < size; i++) {
      int from = yGradient.index(column + i, 0, 0);
      for (int lane = 0; lane < samples; lane++) {
        sums[((int) x.values[numbers + lane]) * size + i] += yGradient.values[from + lane];
      }
    }
  }

  /** The gradient with respect to the input: 0 for the numbers of categories, which are names. */
  public void inputGradient(LaneTensor yGradient, LaneTensor xGradient) {
    copyOthers(xGradient, yGradient, true);
    int numbers = xGradient.index(column, 0, 0);
    Arrays.fill(xGradient.values, numbers, numbers + COUNT, 0);
  }

  /**
   * Copies what is no category's.
   *
   * @param x has the numbers
   * @param y has the values in their place
   * @param back from y to x
   */
  private void copyOthers(LaneTensor x, LaneTensor y, boolean back) {
    for (int channel = 0; channel < x.shape.channels(); channel++) {
      if (channel == column) {
        continue;
      }
      int narrow = x.index(channel, 0, 0);
      int wide = y.index(channel < column ? channel : channel + size - 1, 0, 0);
      if (back) {
        System.arraycopy(y.values, wide, x.values, narrow, COUNT);
      } else {
        System.arraycopy(x.values, narrow, y.values, wide, COUNT);
      }
    }
  }

  /** Writes the gradients from the offset on. */
  public void collect(float[] gradient, int offset) {
    System.arraycopy(sums, 0, gradient, offset, sums.length);
  }
}
