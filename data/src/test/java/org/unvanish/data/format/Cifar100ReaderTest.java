package org.unvanish.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.catalog.DataCatalog;

class Cifar100ReaderTest {
  private static final int RECORD = 3074;

  @TempDir Path folder;

  private final byte[] train = records(7, 1);
  private final byte[] test = records(3, 2);
  private DataCatalog catalog;

  @BeforeEach
  void write() throws IOException {
    catalog = new DataCatalog(folder.resolve("none"));
    Files.write(folder.resolve("train.bin"), train);
    Files.write(folder.resolve("test.bin"), test);
  }

  private static byte[] records(int count, int seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[count * RECORD];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      bytes[i * RECORD] = (byte) random.nextInt(20);
      bytes[i * RECORD + 1] = (byte) random.nextInt(100);
    }
    return bytes;
  }

  @Test
  void everyRecordBecomesItsFineLabelAndItsPixels() {
    Dataset data = catalog.load(folder.toString());
    assertThat(data.train().shape()).isEqualTo(new Shape(3, 32, 32));
    assertThat(data.name()).isEqualTo(folder.toString());
    assertThat(data.title()).isEqualTo(folder.getFileName() + " (cifar100)");
    check(data.train(), train);
    check(data.test(), test);
  }

  private static void check(ImageSet images, byte[] file) {
    assertThat(images.count()).isEqualTo(file.length / RECORD);
    for (int i = 0; i < images.count(); i++) {
      assertThat(images.label(i)).isEqualTo(file[i * RECORD + 1]);
      assertThat(Arrays.copyOfRange(images.bytes(), i * 3072, (i + 1) * 3072))
          .isEqualTo(Arrays.copyOfRange(file, i * RECORD + 2, (i + 1) * RECORD));
    }
  }

  @Test
  void thePublishedClassesAreAHundredInTheOrderOfTheAlphabet() {
    List<String> classes = catalog.load(folder.toString()).classes();
    assertThat(classes).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(classes).startsWith("apple", "aquarium_fish").endsWith("woman", "worm");
    assertThat(classes.get(8)).isEqualTo("bicycle");
    assertThat(classes.get(49)).isEqualTo("mountain");
  }

  @Test
  void aFileOfNamesNamesTheClasses() throws IOException {
    Path names = folder.resolve("fine_label_names.txt");
    Files.writeString(names, lines(100) + "\n\n");
    assertThat(catalog.load(folder.toString()).classes()).hasSize(100).startsWith("n0", "n1");

    Files.writeString(names, lines(99));
    refused(names + " has 99 names of classes, 99 of them different, instead of 100.");
    Files.writeString(names, lines(99) + "\nn0");
    refused(names + " has 100 names of classes, 99 of them different");
    Files.write(names, new byte[] {(byte) 0xff, 'a'});
    refused("cannot read " + names + ": it is not UTF-8 text.");
  }

  private static String lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.joining("\n"));
  }

  @Test
  void theFolderOfTheArchiveIsFound() throws IOException {
    Path outer = Files.createDirectory(folder.resolve("outer"));
    Path inner = Files.createDirectory(outer.resolve("cifar-100-binary"));
    Files.write(inner.resolve("train.bin"), train);
    Files.write(inner.resolve("test.bin"), test);
    assertThat(catalog.load(outer.toString()).sha256())
        .isEqualTo(catalog.load(folder.toString()).sha256());
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve("test.bin"));
    refused(folder.resolve("test.bin") + " is missing. Get a fresh copy");
  }

  @Test
  void filesOfHalfARecordOrNoneAreRefused() throws IOException {
    Path file = folder.resolve("train.bin");
    for (int bytes : new int[] {0, 1, RECORD - 1, RECORD + 1, 7 * RECORD - 1}) {
      Files.write(file, Arrays.copyOf(train, bytes));
      refused(file + " has " + bytes + " bytes, which is not a multiple of 3074");
    }
  }

  @Test
  void aLabelOutOfRangeIsRefusedByFileAndRecord() throws IOException {
    Path file = folder.resolve("test.bin");
    byte[] bytes = test.clone();
    bytes[2 * RECORD + 1] = 100;
    Files.write(file, bytes);
    refused(file + " is altered: record 2 (from 0) has fine label 100, but fine labels go from 0");
    bytes = test.clone();
    bytes[RECORD] = 20;
    Files.write(file, bytes);
    refused("record 1 (from 0) has coarse label 20");
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Path file = folder.resolve("train.bin");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> catalog.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.toString());
  }

  private void refused(String message) {
    assertThatThrownBy(() -> catalog.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
