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
 * what is laid side by side, and the pixels are taken out of 16 words at once. A band of several
 * rows is laid side by side before the first of its pixels is taken: the processor would wait if
 * the words had only just been written.
 */
public final class ImageKernel {

  private static final int COUNT = Lanes.COUNT;
  private static final int PIXELS_PER_WORD = 4;

  /** Bytes that memory delivers at once. */
  private static final int LINE = 64;

  /** Bytes of an image in a band, at least a row: words of a band stay in the nearest cache. */
  private static final int BAND = 512;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle TWO_WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ImageSet images;
  private final List<ChannelScaling> scaling;
  private final int columns;
  private final int bandRows;

  /** Words of a row. */
  private final int rowWords;

  /** Words of a band of rows. */
  private final int[] words;

  /** Where the band starts in each lane's image. */
  private final int[] starts = new int[COUNT];

  /** Written so that the compiler keeps the reads of {@link #touch}. */
  private int touched;

  /**
   * @param images what is read: images, or other samples
   * @param scaling of each channel
   */
  public ImageKernel(ImageSet images, List<ChannelScaling> scaling) {
    this.images = images;
    this.scaling = scaling;
    this.columns = images.shape().columns();
    this.rowWords = columns / PIXELS_PER_WORD * COUNT;
    this.bandRows = Math.min(images.shape().rows(), Math.max(1, BAND / columns));
    this.words = new int[Lanes.ORIGIN + bandRows * rowWords];
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
    int size = out.shape.size();
    int rows = out.shape.rows();
    for (int channel = 0; channel < out.shape.channels(); channel++) {
      for (int row = 0; row < rows; row += bandRows) {
        int here = Math.min(bandRows, rows - row);
        int offset = (channel * rows + row) * columns;
        for (int lane = 0; lane < COUNT; lane++) {
          starts[lane] = order[from + Math.min(lane, samples - 1)] * size + offset;
        }
        touched = touch(pixels, here * columns);
        for (int lane = 0; lane < COUNT; lane++) {
          collect(pixels, starts[lane], here, lane);
        }
        for (int i = 0; i < here; i++) {
          int to = out.index(channel, row + i, 0);
          scale(i, scaling.get(channel), out.values, to);
          scaleRest(pixels, i, scaling.get(channel), out.values, to);
        }
      }
    }
  }

  /**
   * Reads a byte of each line of the band. Images lie anywhere in memory, and reads that wait for
   * nothing else wait for memory together.
   */
  private int touch(byte[] pixels, int count) {
    int sum = 0;
    for (int start : starts) {
      for (int i = 0; i < count; i += LINE) {
        sum += pixels[start + i];
      }
    }
    return sum;
  }

  private void collect(byte[] pixels, int start, int rows, int lane) {
    int whole = columns - columns % PIXELS_PER_WORD;
    if (whole == columns) {
      collect(pixels, start, rows * columns, words, Lanes.ORIGIN + lane);
    } else {
      for (int i = 0; i < rows; i++) {
        collect(pixels, start + i * columns, whole, words, Lanes.ORIGIN + i * rowWords + lane);
      }
    }
  }

  /** The columns that fill no word. */
  private void scaleRest(byte[] pixels, int row, ChannelScaling scaling, float[] out, int to) {
    for (int column = columns - columns % PIXELS_PER_WORD; column < columns; column++) {
      for (int lane = 0; lane < COUNT; lane++) {
        out[to + column * COUNT + lane] =
            scaling.apply(Byte.toUnsignedInt(pixels[starts[lane] + row * columns + column]));
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

  private void scale(int row, ChannelScaling scaling, float[] out, int to) {
    int from = Lanes.ORIGIN + row * rowWords;
    FloatVector slope = FloatVector.broadcast(SPECIES, scaling.slope());
    FloatVector rest = FloatVector.broadcast(SPECIES, scaling.slopeRest());
    FloatVector shift = FloatVector.broadcast(SPECIES, scaling.shift());
    for (int i = 0; i < rowWords; i += LENGTH) {
      IntVector word = IntVector.fromArray(INTS, words, from + i);
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
