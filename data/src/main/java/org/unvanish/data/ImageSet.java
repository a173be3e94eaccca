package org.unvanish.data;

/**
 * Labelled samples of one shape, shared read-only by all runs: images, or rows of numbers, which
 * are taken as images of one pixel with a channel for each number.
 *
 * @param shape of one sample
 * @param pixels in the order sample, channel, row, column; not to be changed
 * @param labels a class number for each sample, unsigned; not to be changed
 * @since 0.1
 */
// Identity is enough: nobody compares sets of images.
@SuppressWarnings("ArrayRecordComponent")
public record ImageSet(Shape shape, Pixels pixels, byte[] labels) {
  /**
   * @throws IllegalArgumentException if the pixels are not as many as labels and shape ask for
   */
  public ImageSet {
    if ((long) labels.length * shape.size() != pixels.length()) {
      throw new IllegalArgumentException(
          labels.length + " images of " + shape + " do not have " + pixels.length() + " values");
    }
  }

  /** Images of unsigned bytes, which are not to be changed. */
  public ImageSet(Shape shape, byte[] pixels, byte[] labels) {
    this(shape, new Pixels.Bytes(pixels), labels);
  }

  /** Some of the samples, in the order of the given numbers. */
  ImageSet select(int[] samples) {
    byte[] selected = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      selected[i] = labels[samples[i]];
    }
    return new ImageSet(shape, pixels.select(samples, shape.size()), selected);
  }

  /**
   * The pixels of images.
   *
   * @throws IllegalStateException if the values are no bytes
   */
  public byte[] bytes() {
    if (pixels instanceof Pixels.Bytes bytes) {
      return bytes.values();
    }
    throw new IllegalStateException("the samples are numbers, not bytes");
  }

  /** The number of samples. */
  public int count() {
    return labels.length;
  }

  /** The class number of a sample. */
  public int label(int sample) {
    return Byte.toUnsignedInt(labels[sample]);
  }
}
