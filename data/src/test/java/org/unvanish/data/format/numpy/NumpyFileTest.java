package org.unvanish.data.format.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;

class NumpyFileTest {

  @TempDir private Path folder;

  private static byte[] npy(String header, byte... values) {
    byte[] text = (header + " ".repeat(7) + "\n").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + text.length + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .put(values)
        .array();
  }

  private static String header(String type, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
        .formatted(type, fortran ? "True" : "False", shape);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private NumpyArray one(byte[] content) throws IOException {
    return NumpyFile.read(file("a.npy", content)).get("");
  }

  private static byte[] floats(ByteOrder order, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  @Test
  void anArrayHasItsShapeAndItsValuesInRows() throws IOException {
    NumpyArray array =
        one(
            npy(
                header("<f4", false, "(2, 3)"),
                floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, -0.5f)));
    assertThat(array.shape()).containsExactly(2, 3);
    assertThat(array.values()).containsExactly(1, 2, 3, 4, 5, -0.5);
    assertThat(array.isInteger()).isFalse();
    assertThat(array.title()).isEqualTo("2×3");
  }

  @Test
  void fortransOrderAndBytesFromTheHighestAreTurned() throws IOException {
    NumpyArray array =
        one(npy(header(">f4", true, "(2, 3)"), floats(ByteOrder.BIG_ENDIAN, 1, 4, 2, 5, 3, 6)));
    assertThat(array.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void integersOfAllSizesAreRead() throws IOException {
    assertThat(one(npy(header("|u1", false, "(3,)"), (byte) 0, (byte) 7, (byte) 255)).values())
        .containsExactly(0, 7, 255);
    assertThat(one(npy(header("|i1", false, "(1,)"), (byte) -1)).values()).containsExactly(-1);
    assertThat(one(npy(header("|b1", false, "()"), (byte) 1)).values()).containsExactly(1);
    NumpyArray large =
        one(npy(header("<u8", false, "(1,)"), ByteBuffer.allocate(8).putLong(-1).array()));
    assertThat(large.values()).containsExactly(Math.scalb(1.0, 64));
    assertThat(large.isInteger()).isTrue();
    assertThat(one(npy(header("<i8", false, "(1,)"), new byte[] {5, 0, 0, 0, 0, 0, 0, 0})).values())
        .containsExactly(5);
  }

  @Test
  void halfPrecisionIsRead() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0x3c00).putShort((short) 0xc100).putShort((short) 1);
    bytes.putShort((short) 0x7c00);
    assertThat(one(npy(header("<f2", false, "(4,)"), bytes.array())).values())
        .containsExactly(1, -2.5, Math.scalb(1.0, -24), Double.POSITIVE_INFINITY);
  }

  @Test
  void anArchiveHasArraysByName() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(npy(header("<f4", false, "(1, 1)"), floats(ByteOrder.LITTLE_ENDIAN, 2)));
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(npy(header("|u1", false, "(1,)"), (byte) 1));
    }
    Map<String, NumpyArray> arrays = NumpyFile.read(file("a.npz", out.toByteArray()));
    assertThat(arrays.keySet()).containsExactly("x", "y");
    assertThat(arrays.get("y").values()).containsExactly(1);
  }

  @Test
  void whatIsNoArrayOfNumbersIsRefusedWithAWayOut() {
    refused(npy(header("|O", false, "(1,)"), (byte) 1), "\"|O\"");
    refused(npy(header("<c8", false, "(1,)"), new byte[8]), "\"<c8\"");
    refused(npy(header("<f4", false, "(2,)"), new byte[7]), "truncated");
    refused(npy(header("<f4", false, "(1,)"), new byte[7]), "more bytes");
    refused(npy("{'shape': (1,)}", (byte) 1), "without a plain type");
    refused(
        "not an array at all".getBytes(StandardCharsets.UTF_8), "not an array in NumPy's format");
    refused(npy(header("<f4", false, "(999999999999, 9)")), "larger than 2 GiB");
    refused(npy(header("<f4", false, "(99999999,)")), "truncated");
    refused(npy(header("<f4", false, "(9999999999, 9999999999, 9999999999, 0)")), "2 GiB");
    refused(npy(header("<f4", true, "(0, 99999999999, 99999999999)")), "2 GiB");
  }

  private void refused(byte[] content, String reason) {
    assertThatThrownBy(() -> one(content))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining(reason)
        .hasMessageContaining("numpy.save");
  }

  @Test
  void alteredFilesAreReadOrRefused() throws IOException {
    byte[] good =
        npy(header("<f4", false, "(2, 3)"), floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6));
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 500; i++) {
      byte[] altered = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && altered.length > 0; flips--) {
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(one(altered).values().length).isLessThanOrEqualTo(good.length);
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("a.npy");
      }
    }
  }

  private static byte[] zip(byte[] x, byte[] y) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(x);
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(y);
    }
    return out.toByteArray();
  }

  @Test
  void anArchiveThatUnpacksToMoreThanItsHeaderSaysIsRefused() throws IOException {
    byte[] bomb = npy(header("|u1", false, "(9,)"), new byte[50_000_000]);
    Path file = file("bomb.npz", zip(bomb, npy(header("|u1", false, "(1,)"), (byte) 1)));
    assertThat(Files.size(file)).isLessThan(100_000);
    assertThatThrownBy(() -> NumpyFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bomb.npz, array \"x\" has more bytes than the 9 of its values");
  }

  @Test
  void anArchiveWhoseArrayPromisesMoreThanAnythingUnpacksToIsRefused() throws IOException {
    byte[] hostile = npy(header("|u1", false, "(250000000,)"), new byte[100]);
    Path file = file("large.npz", zip(hostile, npy(header("|u1", false, "(1,)"), (byte) 1)));
    assertThatThrownBy(() -> NumpyFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void pickledObjectsInAnArchiveAreRefused() throws IOException {
    byte[] pickled = npy(header("|O", false, "(1,)"), (byte) 0x80, (byte) 4, (byte) '.');
    Path file = file("objects.npz", zip(pickled, npy(header("|u1", false, "(1,)"), (byte) 1)));
    assertThatThrownBy(() -> NumpyFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("objects.npz, array \"x\" holds values of type \"|O\"");
  }

  @Test
  void alteredArchivesAreReadOrRefused() throws IOException {
    byte[] x =
        npy(header("<f4", false, "(2, 3)"), floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6));
    byte[] good = zip(x, npy(header("|u1", false, "(2,)"), (byte) 0, (byte) 1));
    SplittableRandom random = new SplittableRandom(18);
    int read = 0;
    for (int i = 0; i < 500; i++) {
      byte[] altered = i % 5 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0 && altered.length > 0; flips--) {
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = file("a.npz", altered);
      try {
        NumpySamples.read(file, Optional.empty());
        read++;
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("a.npz");
      }
    }
    assertThat(read).isBetween(1, 400);
  }
}
