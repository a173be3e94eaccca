package org.unvanish.data;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.unvanish.data.scaling.ChannelScaling;

/**
 * The values of many samples, one sample after the other: bytes where they come from images, which
 * keeps large sets small, and floats where they are real numbers.
 *
 * @since 0.1
 */
// Identity is enough: nobody compares the values of data sets.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Pixels {
  /** The number of values. */
  int length();

  /**
   * One value, as the files have it.
   *
   * @param index from 0, over all samples
   */
  float value(int index);

  /**
   * One value as a network reads it.
   *
   * @param index from 0, over all samples
   * @param channel how the values of its channel become numbers
   */
  float scaled(int index, ChannelScaling channel);

  /**
   * How many samples there are of which no two are the same.
   *
   * @param size of one sample
   */
  int different(int size);

  /**
   * Some of the samples.
   *
   * @param samples their numbers, in the order in which they are wanted
   * @param size of one sample
   */
  Pixels select(int[] samples, int size);

  /**
   * Pixels of images.
   *
   * @param values unsigned; not to be changed
   */
  record Bytes(byte[] values) implements Pixels {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public float value(int index) {
      return Byte.toUnsignedInt(values[index]);
    }

    @Override
    public float scaled(int index, ChannelScaling channel) {
      return channel.apply(Byte.toUnsignedInt(values[index]));
    }

    @Override
    public int different(int size) {
      Set<ByteBuffer> seen = new HashSet<>();
      for (int from = 0; from < values.length; from += size) {
        seen.add(ByteBuffer.wrap(values, from, size));
      }
      return seen.size();
    }

    @Override
    public Pixels select(int[] samples, int size) {
      byte[] selected = Memory.bytes((long) samples.length * size);
      for (int i = 0; i < samples.length; i++) {
        System.arraycopy(values, samples[i] * size, selected, i * size, size);
      }
      return new Bytes(selected);
    }
  }

  /**
   * Real numbers.
   *
   * @param values finite; not to be changed
   */
  record Floats(float[] values) implements Pixels {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public float value(int index) {
      return values[index];
    }

    @Override
    public float scaled(int index, ChannelScaling channel) {
      return channel.applyTo(values[index]);
    }

    @Override
    public int different(int size) {
      Set<ByteBuffer> seen = new HashSet<>();
      for (int from = 0; from < values.length; from += size) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * size);
        bytes.asFloatBuffer().put(values, from, size);
        seen.add(bytes);
      }
      return seen.size();
    }

    @Override
    public Pixels select(int[] samples, int size) {
      float[] selected = Memory.floats((long) samples.length * size);
      for (int i = 0; i < samples.length; i++) {
        System.arraycopy(values, samples[i] * size, selected, i * size, size);
      }
      return new Floats(selected);
    }
  }
}
