package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.INTS;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.ChannelScaling;

/**
 * Turns samples, in the order of the data set, into lanes.
 *
 * <p>Numbers are taken one by one. Of bytes, four pixels of an image travel as one word: words are
 * what is laid side by side, and the pixels are taken out of 16 words at once.
 */
public final class ImageKernel {

  private static final int COUNT = Lanes.COUNT;
  private static final int PIXELS_PER_WORD = 4;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle TWO_WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ImageSet images;
  private final List<ChannelScaling> scaling;
  private final int[] words;

  /**
   * @param images what is read: images, or other samples
   * @param scaling of each channel
   */
  public ImageKernel(ImageSet images, List<ChannelScaling> scaling) {
    this.images = images;
    this.scaling = scaling;
    this.words = new int[Lanes.ORIGIN + images.shape().columns() / PIXELS_PER_WORD * COUNT];
  }

  /**
   * Gathers a block; the padding of sequences becomes 0, whatever the scaling.
   *
   * @param order sample numbers
   * @param from the first one's place in the order
   * @param samples how many there are, 1 to 16; the lanes beyond repeat the last one
   * @param out receives the scaled values, each sample in a lane
   */
  public void gather(int[] order, int from, int samples, LaneTensor out) {
    if (images.pixels() instanceof Pixels.Floats numbers) {
      gatherNumbers(numbers.values(), order, from, samples, out);
    } else {
      gatherBytes(images.bytes(), order, from, samples, out);
    }
    if (!images.lengths().isFull()) {
      clearPadding(order, from, samples, out);
    }
  }

  /** Whether some samples are shorter than their shape. */
  public boolean isPadded() {
    return !images.lengths().isFull();
  }

  /**
   * Tells how many steps of a block's samples are real, in the lanes that {@link #gather} puts them
   * in.
   *
   * @param lengths receives 16
   * @param at where
   */
  public void lengths(int[] order, int from, int samples, int[] lengths, int at) {
    for (int lane = 0; lane < COUNT; lane++) {
      lengths[at + lane] = images.steps(order[from + Math.min(lane, samples - 1)]);
    }
  }

  private void clearPadding(int[] order, int from, int samples, LaneTensor out) {
    Shape shape = out.shape;
    for (int lane = 0; lane < COUNT; lane++) {
      int end = images.steps(order[from + Math.min(lane, samples - 1)]);
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int row = end; row < shape.rows(); row++) {
          out.values[out.index(channel, row, 0) + lane] = 0;
        }
      }
    }
  }

  private void gatherNumbers(float[] values, int[] order, int from, int samples, LaneTensor out) {
    Shape shape = out.shape;
    for (int lane = 0; lane < COUNT; lane++) {
      int at = order[from + Math.min(lane, samples - 1)] * shape.size();
      for (int channel = 0; channel < shape.channels(); channel++) {
        ChannelScaling channelScaling = scaling.get(channel);
        for (int row = 0; row < shape.rows(); row++) {
          for (int column = 0; column < shape.columns(); column++) {
            out.values[out.index(channel, row, column) + lane] =
                channelScaling.applyTo(values[at++]);
          }
        }
      }
    }
  }

  private void gatherBytes(byte[] pixels, int[] order, int from, int samples, LaneTensor out) {
    int rows = out.shape.rows();
    int columns = out.shape.columns();
    int whole = columns - columns % PIXELS_PER_WORD;
    int size = out.shape.size();
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      ChannelScaling channelScaling = scaling.get(channel);
      for (int row = 0; row < rows; row++) {
        int offset = (channel * rows + row) * columns;
        int to = out.index(channel, row, 0);
        for (int lane = 0; lane < COUNT; lane++) {
          int start = order[from + Math.min(lane, samples - 1)] * size + offset;
          collect(pixels, start, whole, words, Lanes.ORIGIN + lane);
          for (int column = whole; column < columns; column++) {
            out.values[to + column * COUNT + lane] =
                channelScaling.apply(Byte.toUnsignedInt(pixels[start + column]));
          }
        }
        scale(words, channelScaling, out.values, to);
      }
    }
  }

  private static void collect(byte[] pixels, int from, int columns, int[] words, int to) {
    int pairs = columns - columns % (2 * PIXELS_PER_WORD);
    for (int column = 0; column < pairs; column += 2 * PIXELS_PER_WORD) {
      long two = (long) TWO_WORDS.get(pixels, from + column);
      int at = to + column * (COUNT / PIXELS_PER_WORD);
      words[at] = (int) two;
      words[at + COUNT] = (int) (two >>> Integer.SIZE);
    }
    if (pairs < columns) {
      words[to + pairs * (COUNT / PIXELS_PER_WORD)] = (int) WORD.get(pixels, from + pairs);
    }
  }

  private static void scale(int[] words, ChannelScaling scaling, float[] out, int to) {
    FloatVector slope = FloatVector.broadcast(SPECIES, scaling.slope());
    FloatVector rest = FloatVector.broadcast(SPECIES, scaling.slopeRest());
    FloatVector shift = FloatVector.broadcast(SPECIES, scaling.shift());
    for (int i = 0; i < words.length - Lanes.ORIGIN; i += LENGTH) {
      IntVector word = IntVector.fromArray(INTS, words, Lanes.ORIGIN + i);
      // 16 words hold 4 pixels of 16 lanes.
      int at = to + i / COUNT * (PIXELS_PER_WORD * COUNT) + i % COUNT;
      FloatVector p0 = pixel(word);
      p0.fma(slope, p0.fma(rest, shift)).intoArray(out, at);
      FloatVector p1 = pixel(word.lanewise(VectorOperators.LSHR, 8));
      p1.fma(slope, p1.fma(rest, shift)).intoArray(out, at + COUNT);
      FloatVector p2 = pixel(word.lanewise(VectorOperators.LSHR, 16));
      p2.fma(slope, p2.fma(rest, shift)).intoArray(out, at + 2 * COUNT);
      FloatVector p3 = pixel(word.lanewise(VectorOperators.LSHR, 24));
      p3.fma(slope, p3.fma(rest, shift)).intoArray(out, at + 3 * COUNT);
    }
  }

  private static FloatVector pixel(IntVector word) {
    return (FloatVector) word.and(0xff).convertShape(VectorOperators.I2F, SPECIES, 0);
  }
}
