package org.unvanish.data.format.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSteps;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.catalog.DataCatalog;

class NumpyReaderTest {

  @TempDir private Path folder;

  /** An array whose values count up from 0, over and over. */
  private record Array(String name, String type, int modulo, int... shape) {
    byte[] content() {
      int size = 1;
      StringBuilder extents = new StringBuilder();
      for (int extent : shape) {
        size *= extent;
        extents.append(extent).append(", ");
      }
      String header =
          "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(type, extents);
      ByteBuffer out =
          ByteBuffer.allocate(10 + header.length() + 4 * size).order(ByteOrder.LITTLE_ENDIAN);
      out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      out.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < size; i++) {
        int value = i % modulo;
        switch (type) {
          case "<f4" -> out.putFloat(value);
          case "<i4" -> out.putInt(value);
          default -> out.put((byte) value);
        }
      }
      byte[] content = new byte[out.position()];
      out.flip();
      out.get(content);
      return content;
    }
  }

  private Path file(Array... arrays) throws IOException {
    Path file = folder.resolve("own.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Array array : arrays) {
        zip.putNextEntry(new ZipEntry(array.name() + ".npy"));
        zip.write(array.content());
      }
    }
    return file;
  }

  private Dataset load(Array... arrays) throws IOException {
    return new DataCatalog(folder.resolve("none")).load(file(arrays).toString());
  }

  private static Array labels(int count) {
    return new Array("y", "<i4", 2, count);
  }

  @Test
  void aTableHasAFeatureForEachColumnAndItsLabelsAreClasses() throws IOException {
    Dataset data = load(new Array("x", "<f4", 1000, 10, 3), labels(10));
    assertThat(data.shape()).isEqualTo(Shape.flat(3));
    assertThat(data.classes()).containsExactly("0", "1");
    assertThat(data.train().count()).isEqualTo(8);
    assertThat(data.test().count()).isEqualTo(2);
    assertThat(data.title()).startsWith("own.npz (npz), 20 % of each class for testing");
    float first = data.train().pixels().value(0);
    assertThat(data.train().pixels().value(1)).isEqualTo(first + 1);
    assertThat(data.train().label(0)).isEqualTo((int) (first / 3) % 2);
  }

  @Test
  void channelsMayStandInFrontOrBehind() throws IOException {
    Dataset first = load(new Array("x", "<f4", 1000, 10, 3, 5, 6), labels(10));
    Dataset last = load(new Array("x", "<f4", 1000, 10, 5, 6, 3), labels(10));
    assertThat(first.shape()).isEqualTo(new Shape(3, 5, 6));
    assertThat(last.shape()).isEqualTo(new Shape(3, 5, 6));
    float from = last.train().pixels().value(0);
    // The next pixel of the channel is three values on, the next channel one.
    assertThat(last.train().pixels().value(1)).isEqualTo(from + 3);
    assertThat(last.train().pixels().value(30)).isEqualTo(from + 1);
    assertThat(first.train().pixels().value(30) - first.train().pixels().value(0)).isEqualTo(30);
  }

  @Test
  void threeAxesOfNumbersAreSequencesOfStepsWithFeatures() throws IOException {
    Dataset data = load(new Array("x", "<f4", 1000, 10, 4, 2), labels(10));
    assertThat(data.shape()).isEqualTo(new Shape(2, 4, 1));
    float from = data.train().pixels().value(0);
    assertThat(data.train().pixels().value(1)).isEqualTo(from + 2);
    assertThat(data.train().pixels().value(4)).isEqualTo(from + 1);
  }

  @Test
  void bytesArePixelsOfImages() throws IOException {
    Array x = new Array("x", "|u1", 256, 10, 4, 3);
    Dataset data = load(x, labels(10));
    assertThat(data.shape()).isEqualTo(new Shape(1, 4, 3));
    assertThat(data.train().pixels()).isInstanceOf(Pixels.Bytes.class);
    Dataset rows =
        new DataCatalog(folder)
            .load(DataSource.of(file(x, labels(10)).toString()).withSteps(ImageSteps.ROWS));
    assertThat(rows.shape()).isEqualTo(new Shape(3, 4, 1));
  }

  @Test
  void floatsAreNumbers() throws IOException {
    Array x = new Array("x", "<f4", 1000, 4, 2);
    Dataset numbers = load(x, new Array("y", "<f4", 9, 4, 2));
    assertThat(numbers.classes()).isEmpty();
    assertThat(numbers.targetWidth()).isEqualTo(2);
    // A row with a 2 is none of a class.
    assertThat(load(x, new Array("y", "|u1", 3, 4, 2)).targetWidth()).isEqualTo(2);
  }

  @Test
  void rowsWithASingleOneAreClasses() throws IOException {
    Path file = file(new Array("x", "<f4", 1000, 4, 2), new Array("y", "|u1", 2, 4, 2));
    NumpyTargets learnt = NumpySamples.read(file, Optional.empty()).targets().orElseThrow();
    assertThat(learnt.classes()).isEqualTo(2);
    assertThat(learnt.values()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void testSamplesOfTheFileAreTheTestSet() throws IOException {
    Dataset data =
        load(
            new Array("x_train", "<f4", 1000, 6, 2),
            new Array("y_train", "<i4", 2, 6),
            new Array("x_test", "<f4", 1000, 3, 2),
            new Array("y_test", "<i4", 2, 3));
    assertThat(data.train().count()).isEqualTo(6);
    assertThat(data.test().count()).isEqualTo(3);
    assertThat(data.title()).isEqualTo("own.npz (npz)");
  }

  @Test
  void inputsMayBeLearntThemselves() throws IOException {
    Path file = file(new Array("x", "<f4", 1000, 6, 2));
    Dataset data =
        new DataCatalog(folder)
            .load(DataSource.of(file.toString()).withTargets(TargetChoice.INPUTS));
    assertThat(data.targetWidth()).isEqualTo(2);
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsPlaceAndAWayOut() throws IOException {
    Array x = new Array("x", "<f4", 1000, 6, 2);
    refused("no array named x, but z", new Array("z", "<f4", 9, 6, 2));
    refused("no array named y", x);
    refused("array \"x\", has 6 samples (shape 6×2), but", x, labels(5));
    refused("does not say which axis", new Array("x", "<f4", 9, 6, 9, 9, 9), labels(6));
    refused("does not say which axis", new Array("x", "<f4", 9, 6, 3, 3, 3), labels(6));
    refused("too many axes", new Array("x", "<f4", 9, 6, 1, 2, 2, 2), labels(6));
    refused("holds no samples", new Array("x", "<f4", 9, 0, 2), labels(0));
    refused(
        "but there may be at most 256",
        new Array("x", "<f4", 1000, 1000, 2),
        new Array("y", "<i4", 1000, 1000));
    refused(
        "to test with",
        x,
        labels(6),
        new Array("x_test", "<f4", 9, 3, 2),
        new Array("y_test", "<i4", 3, 3));
  }

  private void refused(String reason, Array... arrays) throws IOException {
    assertThatThrownBy(() -> load(arrays))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("own.npz")
        .hasMessageContaining(reason);
  }
}
