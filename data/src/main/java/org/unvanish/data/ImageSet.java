package org.unvanish.data;

/**
 * Samples of one shape with what is to be learnt of them, shared read-only by all runs: images, or
 * rows of numbers, which are taken as images of one pixel with a channel for each number.
 *
 * @param shape of one sample
 * @param pixels in the order sample, channel, row, column; not to be changed
 * @param targets one for each sample
 * @param columns what the values of a sample are, where they have names
 * @since 0.1
 */
public record ImageSet(Shape shape, Pixels pixels, Targets targets, Columns columns) {
  /**
   * @throws IllegalArgumentException if the pixels are not as many as targets and shape ask for, or
   *     the columns are not as many as the channels
   */
  public ImageSet {
    if ((long) targets.count() * shape.size() != pixels.length()) {
      throw new IllegalArgumentException(
          targets.count()
              + " samples of "
              + shape.title()
              + " do not have "
              + pixels.length()
              + " values");
    }
    if (!columns.inputs().isEmpty() && columns.inputs().size() != shape.channels()) {
      throw new IllegalArgumentException(
          columns.inputs().size()
              + " columns cannot be the "
              + shape.channels()
              + " inputs of a sample");
    }
  }

  /**
   * Samples whose values have no names.
   *
   * @throws IllegalArgumentException if the pixels are not as many as targets and shape ask for
   */
  public ImageSet(Shape shape, Pixels pixels, Targets targets) {
    this(shape, pixels, targets, Columns.NONE);
  }

  /** Samples with a class number each, unsigned; neither is to be changed. */
  public ImageSet(Shape shape, Pixels pixels, byte[] labels) {
    this(shape, pixels, new Targets.Labels(labels));
  }

  /** Images of unsigned bytes with a class number each; neither is to be changed. */
  public ImageSet(Shape shape, byte[] pixels, byte[] labels) {
    this(shape, new Pixels.Bytes(pixels), labels);
  }

  /** Some of the samples, in the order of the given numbers. */
  ImageSet select(int[] samples) {
    Pixels selected = pixels.select(samples, shape.size());
    // Inputs that are targets stay one array.
    Targets learnt =
        targets instanceof Targets.Inputs inputs ? inputs.of(selected) : targets.select(samples);
    return new ImageSet(shape, selected, learnt, columns);
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
    return targets.count();
  }

  /**
   * The class numbers of all samples, unsigned; not to be changed.
   *
   * @throws IllegalStateException if the targets are no classes
   */
  public byte[] labels() {
    return classes().labels();
  }

  /**
   * The class number of a sample.
   *
   * @throws IllegalStateException if the targets are no classes
   */
  public int label(int sample) {
    return classes().label(sample);
  }

  private Targets.Labels classes() {
    if (targets instanceof Targets.Labels labels) {
      return labels;
    }
    throw new IllegalStateException("the targets are " + targets.kind().title() + ", not classes");
  }
}
