package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Columns;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;

class ImageKernelTest {

  private static final int IMAGES = 30;

  @Test
  void everyPixelOfEveryImageGoesToItsLaneWhateverWidthHaloAndSamples() {
    Random random = new Random(3);
    for (int columns = 1; columns <= 13; columns++) {
      for (int samples : new int[] {1, 7, 16}) {
        check(new Shape(2, 1 + random.nextInt(4), columns), random.nextInt(3), samples, random);
      }
    }
  }

  @Test
  void imagesOfSeveralBandsAreWhole() {
    Random random = new Random(5);
    for (int columns : new int[] {45, 128, 130, 600}) {
      check(new Shape(2, 9, columns), 1, 16, random);
    }
  }

  @Test
  void numbersGoToTheirLanesScaled() {
    Random random = new Random(4);
    Shape shape = new Shape(2, 3, 2);
    float[] values = new float[IMAGES * shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    ImageSet samples = new ImageSet(shape, new Pixels.Floats(values), new byte[IMAGES]);
    int[] order = random.ints(20, 0, IMAGES).toArray();
    LaneTensor out = new LaneTensor(shape, 1);

    new ImageKernel(samples, List.of(new ChannelScaling(0.5, 2), new ChannelScaling(-3, 0.1)))
        .gather(order, 4, 7, out);

    LaneTensor expected = new LaneTensor(shape, 1);
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      int sample = order[4 + Math.min(lane, 6)];
      for (int i = 0; i < shape.size(); i++) {
        float value = values[sample * shape.size() + i];
        int channel = i / 6;
        expected.values[expected.index(channel, i % 6 / 2, i % 2) + lane] =
            channel == 0 ? (float) ((value - 0.5) / 2) : (float) ((value + 3.0) / 0.1);
      }
    }
    assertThat(out.values).isEqualTo(expected.values);
  }

  @Test
  void paddingIsZeroWhateverTheScaling() {
    Random random = new Random(5);
    Shape shape = new Shape(2, 6, 1);
    byte[] pixels = new byte[IMAGES * shape.size()];
    random.nextBytes(pixels);
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int[] steps = random.ints(IMAGES, 1, 7).toArray();
    List<ChannelScaling> scaling = List.of(new ChannelScaling(0.5, 2), new ChannelScaling(-3, 0.1));
    int[] order = random.ints(20, 0, IMAGES).toArray();
    for (Pixels kind : List.of(new Pixels.Floats(values), new Pixels.Bytes(pixels))) {
      Targets labels = new Targets.Labels(new byte[IMAGES]);
      ImageSet samples = new ImageSet(shape, kind, labels, Columns.NONE, Lengths.of(steps));
      LaneTensor out = new LaneTensor(shape, 0);
      // What the block held before must not shine through.
      Arrays.fill(out.values, 9);
      new ImageKernel(samples, scaling).gather(order, 4, 7, out);
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        int sample = order[4 + Math.min(lane, 6)];
        for (int i = 0; i < shape.size(); i++) {
          assertThat(out.values[out.index(i / 6, i % 6, 0) + lane])
              .isEqualTo(samples.scaled(sample, i, scaling.get(i / 6)));
        }
      }
    }
  }

  private static void check(Shape shape, int halo, int samples, Random random) {
    byte[] pixels = new byte[IMAGES * shape.size()];
    random.nextBytes(pixels);
    ImageSet images = new ImageSet(shape, pixels, new byte[IMAGES]);
    List<ChannelScaling> scaling =
        List.of(new ChannelScaling(0, 255), new ChannelScaling(118.3, 61.7));
    int[] order = random.ints(20, 0, IMAGES).toArray();
    LaneTensor out = new LaneTensor(shape, halo);
    LaneTensor expected = new LaneTensor(shape, halo);

    new ImageKernel(images, scaling).gather(order, 4, samples, out);

    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      int image = order[4 + Math.min(lane, samples - 1)];
      int at = image * shape.size();
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int row = 0; row < shape.rows(); row++) {
          for (int column = 0; column < shape.columns(); column++) {
            expected.values[expected.index(channel, row, column) + lane] =
                scaling.get(channel).apply(Byte.toUnsignedInt(pixels[at++]));
          }
        }
      }
    }
    // The halo, too, must be as it was.
    assertThat(Arrays.equals(out.values, expected.values)).as("%s, halo %d", shape, halo).isTrue();
  }
}
