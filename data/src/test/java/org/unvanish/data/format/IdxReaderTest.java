package org.unvanish.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

class IdxReaderTest {
  private static final int TRAIN = 12;
  private static final int TEST = 5;
  private static final int ROWS = 4;
  private static final int COLUMNS = 3;

  @TempDir Path folder;

  private final byte[] trainImages = images(TRAIN, 1);
  private final byte[] trainLabels = labels(TRAIN);
  private final byte[] testImages = images(TEST, 2);
  private final byte[] testLabels = labels(TEST);
  private DataCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new DataCatalog(folder.resolve("none"));
  }

  private static byte[] images(int count, int seed) {
    byte[] pixels = new byte[count * ROWS * COLUMNS];
    new Random(seed).nextBytes(pixels);
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x803)
        .putInt(count)
        .putInt(ROWS)
        .putInt(COLUMNS)
        .put(pixels)
        .array();
  }

  private static byte[] labels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.put((byte) (i % 3));
    }
    return bytes.array();
  }

  private void write(String separator, boolean compressed) throws IOException {
    write("train-images" + separator + "idx3-ubyte", trainImages, compressed);
    write("train-labels" + separator + "idx1-ubyte", trainLabels, compressed);
    write("t10k-images" + separator + "idx3-ubyte", testImages, compressed);
    write("t10k-labels" + separator + "idx1-ubyte", testLabels, compressed);
  }

  private void write(String name, byte[] bytes, boolean compressed) throws IOException {
    Files.write(folder.resolve(compressed ? name + ".gz" : name), compressed ? gzip(bytes) : bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void shapesAndCountsComeFromTheHeaders() throws IOException {
    write("-", false);
    Dataset data = catalog.load(folder.toString());
    assertThat(data.train().shape()).isEqualTo(new Shape(1, ROWS, COLUMNS));
    assertThat(data.classes()).containsExactly("0", "1", "2");
    assertThat(data.train().bytes())
        .isEqualTo(Arrays.copyOfRange(trainImages, 16, trainImages.length));
    assertThat(data.test().bytes())
        .isEqualTo(Arrays.copyOfRange(testImages, 16, testImages.length));
    assertThat(((Targets.Labels) data.train().targets()).labels())
        .isEqualTo(Arrays.copyOfRange(trainLabels, 8, trainLabels.length));
    assertThat(data.test().count()).isEqualTo(TEST);
    assertThat(data.title()).isEqualTo(folder.getFileName() + " (idx)");
  }

  @Test
  void bothSpellingsAndCompressedFilesHoldTheSameData() throws IOException {
    write("-", false);
    String plain = catalog.load(folder.toString()).sha256();
    for (boolean compressed : new boolean[] {false, true}) {
      for (String separator : new String[] {"-", "."}) {
        clear();
        write(separator, compressed);
        assertThat(catalog.load(folder.toString()).sha256()).isEqualTo(plain);
      }
    }
  }

  private void clear() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aMissingFileIsNamedInAllItsSpellings() throws IOException {
    write("-", true);
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    refused(
        folder.resolve("t10k-labels-idx1-ubyte")
            + " is missing, also as t10k-labels-idx1-ubyte.gz, t10k-labels.idx1-ubyte,"
            + " t10k-labels.idx1-ubyte.gz.");
  }

  @Test
  void aFileThatIsCutShortAnywhereIsRefusedByName() throws IOException {
    for (boolean compressed : new boolean[] {false, true}) {
      clear();
      write("-", compressed);
      Path file = folder.resolve("train-images-idx3-ubyte" + (compressed ? ".gz" : ""));
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        refused(file + " is truncated: it has fewer bytes than its header says. Get a fresh copy.");
      }
    }
  }

  @Test
  void bytesBeyondThePromisedOnesAreRefused() throws IOException {
    write("-", false);
    Path file = folder.resolve("t10k-images-idx3-ubyte");
    Files.write(file, Arrays.copyOf(testImages, testImages.length + 1));
    refused(file + " has more bytes than the 5×4×3 values of its header.");
  }

  @Test
  void anotherMagicNumberIsRefused() throws IOException {
    write("-", false);
    Path file = folder.resolve("train-images-idx3-ubyte");
    Files.write(file, trainLabels);
    refused(
        file
            + " starts with 00000801 instead of 00000803, so it is not an IDX file of unsigned "
            + "bytes in 3 dimensions.");
    write("-", false);
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.writeString(labels, "<html><body>");
    refused(labels + " starts with 3c68746d instead of 00000801");
  }

  @Test
  void aCompressedFileWithAlteredBytesOrNoneOfGzipIsRefused() throws IOException {
    write("-", true);
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    byte[] bytes = gzip(trainImages);
    bytes[bytes.length - 6]++;
    Files.write(file, bytes);
    refused(file + " is not an intact gzip file (Corrupt GZIP trailer).");
    Files.write(file, trainImages);
    refused(file + " is not an intact gzip file (Not in GZIP format).");
  }

  @Test
  void impossibleDimensionsAreRefusedWithoutAskingForTheirMemory() throws IOException {
    write("-", true);
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    byte[] bytes = trainImages.clone();
    ByteBuffer.wrap(bytes).putInt(4, Integer.MAX_VALUE).putInt(8, Integer.MAX_VALUE);
    Files.write(file, gzip(bytes));
    refused(file + " is truncated");
    for (int size : new int[] {0, -1}) {
      ByteBuffer.wrap(bytes).putInt(4, TRAIN).putInt(8, size);
      Files.write(file, gzip(bytes));
      refused(file + " has dimensions 12×" + size + "×3, but each must be at least 1.");
    }
  }

  @Test
  void imagesAndLabelsThatAreNotAsManyAreRefused() throws IOException {
    write("-", false);
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(TRAIN - 1));
    refused(
        folder.resolve("train-images-idx3-ubyte")
            + " has 12 images, but "
            + folder.resolve("train-labels-idx1-ubyte")
            + " has 11 labels.");
  }

  @Test
  void aTestLabelThatIsNeverTrainedIsRefusedByRecord() throws IOException {
    write("-", false);
    byte[] labels = testLabels.clone();
    labels[8 + 4] = (byte) 200;
    Path file = folder.resolve("t10k-labels-idx1-ubyte");
    Files.write(file, labels);
    refused(file + ": record 4 (from 0) has label 200, but the training labels go from 0 to 2.");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() throws IOException {
    write("-", false);
    byte[] bytes = testImages.clone();
    ByteBuffer.wrap(bytes).putInt(8, COLUMNS).putInt(12, ROWS);
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), bytes);
    refused("has images of 3×4, but the training images are of 4×3 (rows×columns)");
  }

  @Test
  void oneClassOnlyIsRefused() throws IOException {
    write("-", false);
    Files.write(
        folder.resolve("train-labels-idx1-ubyte"),
        ByteBuffer.allocate(8 + TRAIN).putInt(0x801).putInt(TRAIN).array());
    Files.write(
        folder.resolve("t10k-labels-idx1-ubyte"),
        ByteBuffer.allocate(8 + TEST).putInt(0x801).putInt(TEST).array());
    refused("are of one class, \"0\".");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> catalog.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
