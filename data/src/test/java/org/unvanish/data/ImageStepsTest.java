package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.scaling.PixelScaling;

class ImageStepsTest {

  private static final DataCatalog CATALOG = new DataCatalog(Path.of("nowhere"));

  private static Dataset images(Shape shape) {
    return new Dataset(
        "own",
        "own images",
        new TrainAndTest(List.of("0", "1"), images(shape, 5, 1), images(shape, 3, 2), false));
  }

  private static ImageSet images(Shape shape, int count, int seed) {
    byte[] pixels = new byte[count * shape.size()];
    new Random(seed).nextBytes(pixels);
    byte[] labels = new byte[count];
    labels[0] = 1;
    return new ImageSet(shape, pixels, labels);
  }

  @Test
  void aStepIsARow() {
    Dataset images = images(new Shape(3, 4, 7));
    Dataset sequences = ImageSteps.ROWS.of(images);
    assertThat(sequences.shape()).isEqualTo(new Shape(21, 4, 1));
    assertThat(sequences.title()).isEqualTo("own images, a step for each row");
    assertThat(sequences.sampleText()).isEqualTo("sequences of 4 steps (21 inputs a step)");
    for (int image = 0; image < 5; image++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < 4; row++) {
          for (int column = 0; column < 7; column++) {
            int feature = channel * 7 + column;
            byte pixel = images.train().bytes()[((image * 3 + channel) * 4 + row) * 7 + column];
            assertThat(sequences.train().bytes()[(image * 21 + feature) * 4 + row])
                .isEqualTo(pixel);
          }
        }
      }
    }
  }

  @Test
  void aStepIsAPixel() {
    Dataset images = images(new Shape(3, 4, 7));
    Dataset sequences = ImageSteps.PIXELS.of(images);
    assertThat(sequences.shape()).isEqualTo(new Shape(3, 28, 1));
    assertThat(sequences.title()).isEqualTo("own images, a step for each pixel");
    for (int image = 0; image < 5; image++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < 4; row++) {
          for (int column = 0; column < 7; column++) {
            byte pixel = images.train().bytes()[((image * 3 + channel) * 4 + row) * 7 + column];
            assertThat(sequences.train().bytes()[(image * 3 + channel) * 28 + row * 7 + column])
                .isEqualTo(pixel);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theImagesKeepTheirBytesLabelsAndTheirOwnChecksum(ImageSteps steps) {
    Dataset images = images(new Shape(2, 3, 5));
    String before = images.sha256();
    Dataset sequences = steps.of(images);
    assertThat(sequences.classes()).isEqualTo(images.classes());
    assertThat(sequences.train().targets()).isSameAs(images.train().targets());
    assertThat(sequences.test().count()).isEqualTo(3);
    assertThat(sequences.train().lengths().isFull()).isTrue();
    assertThat(sorted(sequences.test())).isEqualTo(sorted(images.test()));
    assertThat(images.sha256()).isEqualTo(before);
    assertThat(sequences.sha256())
        .isNotEqualTo(before)
        .isEqualTo(steps.of(images).sha256())
        .isNotEqualTo(
            ImageSteps.values()[1 - steps.ordinal()].of(images(new Shape(2, 3, 5))).sha256());
  }

  private static int[] sorted(ImageSet images) {
    return IntStream.range(0, images.bytes().length).map(i -> images.bytes()[i]).sorted().toArray();
  }

  @Test
  void anAutoencoderLearnsTheSequences() {
    Dataset sequences = ImageSteps.ROWS.of(TargetChoice.INPUTS.of(images(new Shape(2, 3, 5))));
    for (int i = 0; i < sequences.targetWidth(); i++) {
      assertThat(((Targets.Numeric) sequences.train().targets()).number(1, i))
          .isEqualTo(sequences.train().pixels().value(30 + i));
    }
    assertThat(sequences.train().targets().bytes()).isZero();
  }

  @Test
  void bytesAreScaledAsThoseOfImagesAre() {
    ImageSet rows = ImageSteps.ROWS.of(images(new Shape(1, 3, 5))).train();
    assertThat(PixelScaling.UNIT.fit(rows).get(4).apply(255)).isEqualTo(1);
    double sum = 0;
    for (int sample = 0; sample < 5; sample++) {
      for (int row = 0; row < 3; row++) {
        int pixel = Byte.toUnsignedInt(rows.bytes()[rows.start(sample, 2) + row]);
        sum += PixelScaling.STANDARDISED.fit(rows).get(2).apply(pixel);
      }
    }
    assertThat(Math.abs(sum)).as("per feature over all steps").isLessThan(1e-5);
  }

  @Test
  void imagesOfOneStepAreRefused() {
    assertThatThrownBy(() -> ImageSteps.ROWS.of(images(new Shape(3, 1, 7))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the images of own are 3×1×7, so with \"steps: rows\" each would be a sequence of "
                + "one step. Write \"steps: pixels\", or leave it out.");
    assertThat(ImageSteps.PIXELS.of(images(new Shape(3, 1, 7))).shape())
        .isEqualTo(new Shape(3, 7, 1));
    assertThatThrownBy(() -> ImageSteps.PIXELS.of(images(new Shape(3, 1, 1))))
        .hasMessage(
            "the images of own are 3×1×1, so with \"steps: pixels\" each would be a sequence "
                + "of one step. Leave it out.");
  }

  @Test
  void syntheticImagesCanBeSequences() {
    DataSource source = DataSource.of("synthetic").withTrainSamples(50);
    Dataset images = CATALOG.load(source);
    Dataset rows = CATALOG.load(source.withSteps(ImageSteps.ROWS));
    assertThat(rows.shape()).isEqualTo(new Shape(96, 32, 1));
    assertThat(rows.train().count()).isEqualTo(50);
    assertThat(((Targets.Labels) rows.train().targets()).labels())
        .isEqualTo(((Targets.Labels) images.train().targets()).labels());
    assertThat(rows.train().bytes()[1]).isEqualTo(images.train().bytes()[32]);
    assertThat(CATALOG.load(source).sha256()).isEqualTo(images.sha256());
  }

  @Test
  void filesOfImagesCanBeSequences(@TempDir Path folder) throws IOException {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Path idx = Files.createDirectory(folder.resolve("idx"));
    for (String part : List.of("train", "t10k")) {
      writeIdx(idx.resolve(part + "-images-idx3-ubyte"), pixels, 2, 2, 3);
      writeIdx(idx.resolve(part + "-labels-idx1-ubyte"), new byte[] {0, 1}, 2);
    }
    Dataset rows = CATALOG.load(DataSource.of(idx.toString()).withSteps(ImageSteps.ROWS));
    assertThat(rows.shape()).isEqualTo(new Shape(3, 2, 1));
    assertThat(rows.train().bytes()).containsExactly(1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12);
    Dataset steps = CATALOG.load(DataSource.of(idx.toString()).withSteps(ImageSteps.PIXELS));
    assertThat(steps.shape()).isEqualTo(new Shape(1, 6, 1));
    assertThat(steps.test().bytes()).containsExactly(pixels);

    Path colours = folder.resolve("colours");
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      Path file = colours.resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(new BufferedImage(4, 5, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }
    assertThat(CATALOG.load(DataSource.of(colours.toString()).withSteps(ImageSteps.ROWS)).shape())
        .isEqualTo(new Shape(12, 5, 1));

    Path cifar100 = Files.createDirectory(folder.resolve("cifar100"));
    for (String name : List.of("train.bin", "test.bin")) {
      byte[] records = new byte[2 * 3074];
      records[3074 + 1] = 1;
      Files.write(cifar100.resolve(name), records);
    }
    assertThat(
            CATALOG.load(DataSource.of(cifar100.toString()).withSteps(ImageSteps.PIXELS)).shape())
        .isEqualTo(new Shape(3, 1024, 1));
  }

  private static void writeIdx(Path file, byte[] bytes, int... dimensions) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(content);
    out.writeInt(0x0800 | dimensions.length);
    for (int size : dimensions) {
      out.writeInt(size);
    }
    out.write(bytes);
    Files.write(file, content.toByteArray());
  }
}
