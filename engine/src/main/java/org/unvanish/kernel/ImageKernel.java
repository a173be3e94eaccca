package org.unvanish.kernel;

import org.unvanish.data.ImageSet;

/** Turns images, bytes in the order of the data set, into lanes. */
public final class ImageKernel {

  private static final int COUNT = Lanes.COUNT;

  private final ImageSet images;
  private final float[][] table;

  /**
   * @param images what is read
   * @param table the number for each byte: [channel][byte]
   */
  public ImageKernel(ImageSet images, float[][] table) {
    this.images = images;
    this.table = table;
  }

  /**
   * Gathers a block.
   *
   * @param order image numbers
   * @param from the first one's place in the order
   * @param samples how many there are, 1 to 16; the lanes beyond repeat the last one
   * @param out receives the pixels, image by image in a lane
   * @param labels receives the labels, lane by lane
   */
  public void gather(int[] order, int from, int samples, LaneTensor out, int[] labels) {
    int rows = out.shape.rows();
    int columns = out.shape.columns();
    int size = out.shape.size();
    for (int lane = 0; lane < COUNT; lane++) {
      labels[lane] = images.label(order[from + Math.min(lane, samples - 1)]);
    }
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      for (int row = 0; row < rows; row++) {
        int offset = (channel * rows + row) * columns;
        int to = out.index(channel, row, 0);
        for (int lane = 0; lane < COUNT; lane++) {
          int image = order[from + Math.min(lane, samples - 1)];
          gatherRow(
              images.pixels(),
              image * size + offset,
              columns,
              table[channel],
              out.values,
              to + lane);
        }
      }
    }
  }

  private static void gatherRow(
      byte[] pixels, int from, int columns, float[] table, float[] out, int to) {
    for (int column = 0; column < columns; column++) {
      out[to + column * COUNT] = table[Byte.toUnsignedInt(pixels[from + column])];
    }
  }
}
