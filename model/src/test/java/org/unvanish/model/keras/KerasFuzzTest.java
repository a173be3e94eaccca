package org.unvanish.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** A file that was altered at random is read as a model or refused, and nothing else happens. */
class KerasFuzzTest {
  private static final int FILES = 1200;
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 26, 1000, 32);

  private static final Pattern VALUE =
      Pattern.compile("(?<=[:\\[ ])(-?[0-9.]+|null|true|false|\"[^\"]*\")(?=[,\\]}])");

  private static final List<String> HOSTILE =
      List.of(
          "0",
          "-1",
          "1",
          "2147483647",
          "-2147483648",
          "1e300",
          "0.5",
          "null",
          "true",
          "\"\"",
          "\"Dense\"",
          "[]",
          "{}",
          "[1, 2, 3]",
          "[[[]]]",
          "\"softmax\"",
          "1000000",
          "NaN");

  @TempDir private Path folder;

  @Test
  void alteredFilesAreReadOrRefused() throws IOException {
    Random random = new Random(17);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      String name = KerasFixture.MODELS.get(i % KerasFixture.MODELS.size());
      Path file = altered(name, random);
      try {
        KerasReader.read(file, LIMITS);
      } catch (ModelRefusedException e) {
        refused++;
        assertThat(e.getMessage()).contains("altered");
      } catch (IOException | RuntimeException e) {
        fail("file " + i + " of " + name, e);
      }
    }
    assertThat(refused).isBetween(FILES / 3, FILES - 10);
  }

  /**
   * A third of the alterations goes to what lies in an archive, so that its checksums are right.
   */
  private Path altered(String name, Random random) throws IOException {
    Path original = KerasFixture.path(name);
    Path to = folder.resolve("altered");
    if (!name.endsWith(".keras") || random.nextInt(3) == 0) {
      return Files.write(to, altered(Files.readAllBytes(original), random));
    }
    Map<String, byte[]> entries = KerasFixture.entries(original);
    if (random.nextBoolean()) {
      entries.compute("model.weights.h5", (key, bytes) -> altered(bytes, random));
    } else {
      entries.compute("config.json", (key, bytes) -> config(bytes, random));
    }
    return KerasFixture.archive(to, entries);
  }

  private static byte[] altered(byte[] bytes, Random random) {
    byte[] result = bytes.clone();
    if (result.length == 0) {
      return result;
    }
    switch (random.nextInt(5)) {
      case 0:
        return Arrays.copyOf(result, random.nextInt(result.length));
      case 1:
        for (int i = random.nextInt(8); i >= 0; i--) {
          result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return result;
      case 2:
        return inJson(result, random);
      case 3:
        int from = random.nextInt(result.length);
        int to = Math.min(result.length, from + random.nextInt(600));
        Arrays.fill(result, from, to, (byte) (random.nextBoolean() ? 0 : 255));
        return result;
      default:
        return hostileSize(result, random);
    }
  }

  /** A place of four or eight bytes that says how long or where something is. */
  private static byte[] hostileSize(byte[] bytes, Random random) {
    if (bytes.length > 16) {
      long[] sizes = {-1, 0, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, 8, 96};
      int at = random.nextInt(bytes.length / 8 - 1) * 8;
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long size = sizes[random.nextInt(sizes.length)];
      if (random.nextBoolean()) {
        buffer.putLong(at, size);
      } else {
        buffer.putInt(at, (int) size);
      }
    }
    return bytes;
  }

  /** A digit of the description in an HDF5 file, whose length stays. */
  private static byte[] inJson(byte[] bytes, Random random) {
    int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"class_name\"");
    for (int i = start + 20 + random.nextInt(1000); start > 0 && i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) ('0' + random.nextInt(10));
        break;
      }
    }
    return bytes;
  }

  /** One to three values of the description. */
  private static byte[] config(byte[] bytes, Random random) {
    String config = new String(bytes, StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<int[]> places = new ArrayList<>();
      Matcher matcher = VALUE.matcher(config);
      while (matcher.find()) {
        places.add(new int[] {matcher.start(), matcher.end()});
      }
      int[] place = places.get(random.nextInt(places.size()));
      config =
          config.substring(0, place[0])
              + HOSTILE.get(random.nextInt(HOSTILE.size()))
              + config.substring(place[1]);
    }
    return config.getBytes(StandardCharsets.UTF_8);
  }
}
