package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.scaling.ChannelScaling;

/** Gathers samples into arrays of PyTorch, scaled as for the engine. */
final class TorchSamples {

  private final ImageSet samples;
  private final List<ChannelScaling> scaling;
  private final int area;
  private final float[][] ofByte;
  private final ByteBuffer buffer;

  /**
   * @param scaling of each channel
   * @param most samples of a batch
   */
  TorchSamples(ImageSet samples, List<ChannelScaling> scaling, int most) {
    this.samples = samples;
    this.scaling = scaling;
    this.area = samples.shape().rows() * samples.shape().columns();
    this.ofByte = new float[scaling.size()][256];
    for (int channel = 0; channel < ofByte.length; channel++) {
      for (int pixel = 0; pixel < 256; pixel++) {
        ofByte[channel][pixel] = scaling.get(channel).apply(pixel);
      }
    }
    int batch = Math.min(most, samples.count());
    int bytes = Math.multiplyExact(Math.multiplyExact(batch, samples.shape().size()), Float.BYTES);
    this.buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  int count() {
    return samples.count();
  }

  /**
   * The values of a batch: (sample, channel, row, column). On a processor the array lies in a
   * buffer of this object, and is valid until the next call.
   *
   * @param order sample numbers
   * @param from the place of the first one
   */
  NDArray values(NDManager manager, int[] order, int from, int batch) {
    FloatBuffer values = buffer.clear().asFloatBuffer();
    for (int i = from; i < from + batch; i++) {
      write(order[i], values);
    }
    org.unvanish.data.Shape shape = samples.shape();
    return manager.create(
        buffer.limit(batch * shape.size() * Float.BYTES),
        new Shape(batch, shape.channels(), shape.rows(), shape.columns()),
        DataType.FLOAT32);
  }

  /** How long the sequences of a batch are. */
  Lengths lengths(int[] order, int from, int batch) {
    Lengths all = samples.lengths();
    int longest = samples.shape().rows();
    return all.isFull()
        ? all
        : Lengths.of(
            IntStream.range(from, from + batch).map(i -> all.steps(order[i], longest)).toArray());
  }

  private void write(int sample, FloatBuffer values) {
    int real = samples.realValues(sample);
    for (int channel = 0; channel < ofByte.length; channel++) {
      int start = samples.start(sample, channel);
      if (samples.pixels() instanceof Pixels.Bytes bytes) {
        for (int i = start; i < start + real; i++) {
          values.put(ofByte[channel][Byte.toUnsignedInt(bytes.values()[i])]);
        }
      } else if (samples.pixels() instanceof Pixels.Floats numbers) {
        for (int i = start; i < start + real; i++) {
          values.put(scaling.get(channel).applyTo(numbers.values()[i]));
        }
      }
      for (int i = real; i < area; i++) {
        values.put(0);
      }
    }
  }
}
