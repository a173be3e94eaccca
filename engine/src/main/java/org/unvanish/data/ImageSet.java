package org.unvanish.data;

import org.unvanish.network.Shape;

/**
 * Labelled images of one shape, shared read-only by all runs.
 *
 * @param shape of one image
 * @param pixels unsigned bytes in the order image, channel, row, column; not to be changed
 * @param labels a class number for each image, unsigned; not to be changed
 */
// Identity is enough: nobody compares sets of images.
@SuppressWarnings("ArrayRecordComponent")
public record ImageSet(Shape shape, byte[] pixels, byte[] labels) {
  /**
   * @throws IllegalArgumentException if the pixels are not as many as labels and shape ask for
   */
  public ImageSet {
    if ((long) labels.length * shape.size() != pixels.length) {
      throw new IllegalArgumentException(
          labels.length + " images of " + shape + " do not have " + pixels.length + " bytes");
    }
  }

  /** The number of images. */
  public int count() {
    return labels.length;
  }

  /** The class number of an image. */
  public int label(int image) {
    return Byte.toUnsignedInt(labels[image]);
  }
}
