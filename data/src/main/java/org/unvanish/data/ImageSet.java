package org.unvanish.data;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.scaling.ChannelScaling;

/**
 * Samples of one shape with their targets, shared read-only by all runs: images; rows of numbers,
 * which are taken as images of one pixel with a channel for each number; or sequences, which have a
 * channel for each feature, a row for each time step and one column.
 *
 * @param shape of one sample
 * @param pixels in the order sample, channel, row, column; not to be changed; 0 where a sequence is
 *     padded
 * @param targets one for each sample
 * @param columns what the values of a sample are, where they have names
 * @param lengths how many time steps of each sample are real; {@link Lengths#FULL} wherever all are
 *     as long as the shape
 * @since 0.1
 */
public record ImageSet(
    Shape shape, Pixels pixels, Targets targets, Columns columns, Lengths lengths) {
  /**
   * @throws IllegalArgumentException if the pixels are not as many as targets and shape ask for,
   *     the columns are not as many as the channels, or the lengths do not fit the samples
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
    lengths = lengths.fitted(targets.count(), shape);
  }

  /**
   * Samples without padding.
   *
   * @throws IllegalArgumentException if the pixels are not as many as targets and shape ask for, or
   *     the columns are not as many as the channels
   */
  public ImageSet(Shape shape, Pixels pixels, Targets targets, Columns columns) {
    this(shape, pixels, targets, columns, Lengths.FULL);
  }

  /**
   * Samples whose values have no names.
   *
   * @throws IllegalArgumentException if the pixels are not as many as targets and shape ask for
   */
  public ImageSet(Shape shape, Pixels pixels, Targets targets) {
    this(shape, pixels, targets, Columns.NONE);
  }

  /** Samples with a class number each, unsigned, which are copied. */
  public ImageSet(Shape shape, Pixels pixels, byte[] labels) {
    this(shape, pixels, new Targets.Labels(labels));
  }

  /**
   * Images of unsigned bytes with a class number each.
   *
   * @param pixels not to be changed
   * @param labels unsigned; they are copied
   */
  public ImageSet(Shape shape, byte[] pixels, byte[] labels) {
    this(shape, new Pixels.Bytes(pixels), labels);
  }

  /** Some of the samples, in the order of the given numbers. */
  ImageSet select(int[] samples) {
    Pixels selected = pixels.select(samples, shape.size());
    // Inputs that are targets stay one array.
    Targets learnt =
        targets instanceof Targets.Inputs inputs ? inputs.of(selected) : targets.select(samples);
    return new ImageSet(shape, selected, learnt, columns, lengths.select(samples));
  }

  /** The same samples with something else to be learnt. */
  ImageSet withTargets(Targets others, List<TargetColumn> names) {
    return new ImageSet(shape, pixels, others, columns.withTargets(names), lengths);
  }

  /** How many time steps of a sample are real; the rows of an image. */
  public int steps(int sample) {
    return lengths.steps(sample, shape.rows());
  }

  /** How many real time steps the shortest sample has. */
  int shortest() {
    return IntStream.range(0, count()).map(this::steps).min().orElse(shape.rows());
  }

  /**
   * Where the values of a channel of a sample begin.
   *
   * @return from 0, over all samples; {@link #realValues} of them follow, and then padding
   */
  public int start(int sample, int channel) {
    return sample * shape.size() + channel * shape.rows() * shape.columns();
  }

  /** How many values each channel of a sample has, without padding. */
  public int realValues(int sample) {
    return steps(sample) * shape.columns();
  }

  /**
   * One value as a network reads it: padding is 0, whatever the scaling.
   *
   * @param sample its number
   * @param index from 0, over the values of the sample
   * @param channel how the values of its channel become numbers
   */
  public float scaled(int sample, int index, ChannelScaling channel) {
    int ofChannel = index % (shape.rows() * shape.columns());
    return ofChannel < realValues(sample)
        ? pixels.scaled(sample * shape.size() + index, channel)
        : 0;
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
