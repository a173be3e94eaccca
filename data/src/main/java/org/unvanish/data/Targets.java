package org.unvanish.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.loss.TargetKind;
import org.unvanish.loss.TargetTable;

/**
 * What is to be learnt of samples, in their order, shared read-only by all runs.
 *
 * @since 0.1
 */
// Identity is enough: nobody compares targets.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Targets extends TargetTable {

  /**
   * A class for each sample.
   *
   * @param labels class numbers, unsigned; they are copied, and so is what is returned
   */
  record Labels(byte[] labels) implements Targets {
    /** Copies the labels, which are few bytes beside the samples. */
    public Labels {
      labels = labels.clone();
    }

    @Override
    public byte[] labels() {
      return labels.clone();
    }

    /** The class number of a sample. */
    public int label(int sample) {
      return Byte.toUnsignedInt(labels[sample]);
    }

    @Override
    public TargetKind kind() {
      return TargetKind.CLASSES;
    }

    @Override
    public int count() {
      return labels.length;
    }

    @Override
    public Labels select(int[] samples) {
      byte[] selected = new byte[samples.length];
      for (int i = 0; i < samples.length; i++) {
        selected[i] = labels[samples[i]];
      }
      return new Labels(selected);
    }

    @Override
    public long bytes() {
      return labels.length;
    }

    @Override
    public int different() {
      BitSet seen = new BitSet();
      for (int i = 0; i < count(); i++) {
        seen.set(label(i));
      }
      return seen.cardinality();
    }

    @Override
    public void addTo(MessageDigest digest, int sample) {
      digest.update(labels[sample]);
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public double value(int sample, int index) {
      return label(sample);
    }
  }

  /**
   * One or several numbers for each sample, wherever they come from.
   *
   * @since 0.1
   */
  sealed interface Numeric extends Targets {
    /** How many numbers a sample has, at least 1. */
    @Override
    int width();

    /**
     * One number of a sample's target.
     *
     * @param index from 0 to the width, exclusive
     */
    float number(int sample, int index);

    /** How large the numbers are, over all samples. */
    default TargetRange range() {
      return TargetRange.of(this);
    }

    @Override
    default TargetKind kind() {
      return TargetKind.NUMBERS;
    }

    @Override
    default double value(int sample, int index) {
      return number(sample, index);
    }
  }

  /**
   * Numbers that stand beside the samples.
   *
   * @param values in the order sample, number; finite. They may be as many as the samples' own
   *     values, and are not copied: not to be changed
   * @param width how many a sample has, at least 1
   */
  record Numbers(float[] values, int width) implements Numeric {
    /**
     * @throws IllegalArgumentException if the width does not divide the number of values
     */
    public Numbers {
      if (width < 1 || values.length % width != 0) {
        throw new IllegalArgumentException(
            values.length + " values cannot be targets of " + width + " numbers each");
      }
    }

    @Override
    public float number(int sample, int index) {
      return values[sample * width + index];
    }

    @Override
    public int count() {
      return values.length / width;
    }

    @Override
    public Numbers select(int[] samples) {
      float[] selected = new float[samples.length * width];
      for (int i = 0; i < samples.length; i++) {
        System.arraycopy(values, samples[i] * width, selected, i * width, width);
      }
      return new Numbers(selected, width);
    }

    @Override
    public long bytes() {
      return (long) Float.BYTES * values.length;
    }

    @Override
    public int different() {
      return new Pixels.Floats(values).different(width);
    }

    @Override
    public void addTo(MessageDigest digest, int sample) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, sample * width, width);
      digest.update(bytes.array());
    }
  }

  /**
   * The samples themselves, as a network reads them: what an autoencoder learns. They take no
   * memory of their own.
   *
   * @param shape of a sample
   * @param pixels of the samples
   * @param scaling of each channel: that of the inputs, see {@link #scaled}
   */
  record Inputs(Shape shape, Pixels pixels, List<ChannelScaling> scaling) implements Numeric {
    /**
     * @throws IllegalArgumentException if there is not one scaling for each channel
     */
    public Inputs {
      scaling = List.copyOf(scaling);
      if (scaling.size() != shape.channels()) {
        throw new IllegalArgumentException(
            scaling.size() + " scalings cannot be those of " + shape.channels() + " channels");
      }
    }

    /** The samples as the files have them. */
    public Inputs(Shape shape, Pixels pixels) {
      this(shape, pixels, Collections.nCopies(shape.channels(), ChannelScaling.NONE));
    }

    /** Those of other samples. */
    Inputs of(Pixels others) {
      return new Inputs(shape, others, scaling);
    }

    @Override
    public int width() {
      return shape.size();
    }

    @Override
    public float number(int sample, int index) {
      ChannelScaling channel = scaling.get(index / (shape.rows() * shape.columns()));
      return pixels.scaled(sample * shape.size() + index, channel);
    }

    @Override
    public int count() {
      return pixels.length() / shape.size();
    }

    @Override
    public Inputs scaled(List<ChannelScaling> inputs) {
      return new Inputs(shape, pixels, inputs);
    }

    @Override
    public Inputs select(int[] samples) {
      return of(pixels.select(samples, shape.size()));
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public int different() {
      return pixels.different(shape.size());
    }

    /** Nothing: the sample's values follow in any case. */
    @Override
    public void addTo(MessageDigest digest, int sample) {}
  }

  /** Which of both they are. */
  TargetKind kind();

  /**
   * As they are learnt by a network whose inputs are scaled so. All but {@link Inputs} are the same
   * for all.
   *
   * @param inputs the scaling of each channel
   */
  default Targets scaled(List<ChannelScaling> inputs) {
    return this;
  }

  /** Those of some samples, in the order of the given numbers. */
  Targets select(int[] samples);

  /** What they take in memory, in bytes. */
  long bytes();

  /** How many targets there are of which no two are the same. */
  int different();

  /** Gives one to a digest: a label's byte, or four bytes for each number, the lowest first. */
  void addTo(MessageDigest digest, int sample);
}
