package org.unvanish.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
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
   * @param labels class numbers, unsigned; not to be changed
   */
  record Labels(byte[] labels) implements Targets {
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
   * One or several numbers for each sample.
   *
   * @param values in the order sample, number; finite, not to be changed
   * @param width how many a sample has, at least 1
   */
  record Numbers(float[] values, int width) implements Targets {
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
    public TargetKind kind() {
      return TargetKind.NUMBERS;
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
      return (int)
          IntStream.range(0, count())
              .mapToObj(sample -> Arrays.stream(of(sample)).boxed().toList())
              .distinct()
              .count();
    }

    @Override
    public void addTo(MessageDigest digest, int sample) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, sample * width, width);
      digest.update(bytes.array());
    }

    @Override
    public double value(int sample, int index) {
      return values[sample * width + index];
    }
  }

  /** Which of both they are. */
  TargetKind kind();

  /** Those of some samples, in the order of the given numbers. */
  Targets select(int[] samples);

  /** What they take in memory, in bytes. */
  long bytes();

  /** How many targets there are of which no two are the same. */
  int different();

  /** Gives one to a digest: a label's byte, or four bytes for each number, the lowest first. */
  void addTo(MessageDigest digest, int sample);
}
