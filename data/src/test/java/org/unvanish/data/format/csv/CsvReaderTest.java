package org.unvanish.data.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

class CsvReaderTest {
  @TempDir Path folder;

  private Path file;
  private DataCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new DataCatalog(folder.resolve("none"));
    file = folder.resolve("flowers.csv");
  }

  private Dataset load(String text) throws IOException {
    Files.writeString(file, text);
    return catalog.load(file.toString());
  }

  private static float[] values(ImageSet samples) {
    return ((Pixels.Floats) samples.pixels()).values();
  }

  @Test
  void aFileBecomesNumbersAndSortedClasses() throws IOException {
    Dataset data = load("a,label,b\n1,rose,-2.5\n1e2,aster,.5\n3.,rose,+4E-1\n7,aster,0\n");
    assertThat(data.classes()).containsExactly("aster", "rose");
    assertThat(data.train().shape()).isEqualTo(Shape.flat(2));
    assertThat(data.train().count() + data.test().count()).isEqualTo(4);
    assertThat(rows(data))
        .containsExactlyInAnyOrder(
            "rose 1.0 -2.5", "aster 100.0 0.5", "rose 3.0 0.4", "aster 7.0 0.0");
    assertThat(data.title())
        .isEqualTo("flowers.csv (csv), 20 % of each class for testing (seed 1)");
    assertThat(data.name()).isEqualTo(file.toString());
  }

  private static List<String> rows(Dataset data) {
    return Stream.of(data.train(), data.test())
        .flatMap(
            samples ->
                IntStream.range(0, samples.count())
                    .mapToObj(
                        i ->
                            data.classes().get(samples.label(i))
                                + " "
                                + values(samples)[2 * i]
                                + " "
                                + values(samples)[2 * i + 1]))
        .toList();
  }

  @Test
  void integersAsLabelsAreSortedAsNumbers() throws IOException {
    assertThat(load("x,label\n1,10\n2,9\n3,-1\n4,10\n5,9\n6,-1\n").classes())
        .containsExactly("-1", "9", "10");
    assertThat(load("x,label\n1,10\n2,9\n3,b\n4,10\n5,9\n6,b\n").classes())
        .containsExactly("10", "9", "b");
  }

  @Test
  void quotesSpacesEmptyLinesWindowsLinesAndAByteOrderMarkAreUnderstood() throws IOException {
    Dataset data =
        load(
            "\uFEFF\"a\" , label,\"b,c\"\r\n\r\n 1 , \"x, \"\"y\"\"\" ,2\r\n3,z,4\r\n5,z,6\r\n7,\"x, \"\"y\"\"\",8");
    assertThat(data.classes()).containsExactly("x, \"y\"", "z");
    assertThat(rows(data)).contains("z 3.0 4.0", "x, \"y\" 7.0 8.0");
  }

  @Test
  void theLabelColumnCanBeNamed() throws IOException {
    Files.writeString(file, "species,label\na,1\nb,2\na,3\nb,4\n");
    Dataset data = catalog.load(source(Optional.of("species"), 0.5, 1));
    assertThat(data.classes()).containsExactly("a", "b");
    assertThat(data.train().shape()).isEqualTo(Shape.flat(1));
  }

  @Test
  void aFileOfAnyNameIsReadIfTheFormatIsGiven() throws IOException {
    file = folder.resolve("table.txt");
    Files.writeString(file, "x,label\n1,a\n2,b\n3,a\n4,b\n");
    assertThatThrownBy(() -> catalog.load(file.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("give the format csv");
    assertThat(catalog.load(DataSource.of(file.toString()).withFormat(DataFormat.CSV)).classes())
        .containsExactly("a", "b");
  }

  @Test
  void theSplitKeepsTheShareOfEachClassAndDependsOnTheSeed() throws IOException {
    StringBuilder text = new StringBuilder("x,label\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(',').append(i % 10 == 0 ? "rare" : "often").append('\n');
    }
    Files.writeString(file, text);
    Dataset data = catalog.load(source(Optional.empty(), 0.3, 1));
    assertThat(count(data.test(), data.classes().indexOf("rare"))).isEqualTo(3);
    assertThat(count(data.test(), data.classes().indexOf("often"))).isEqualTo(27);
    assertThat(data.train().count()).isEqualTo(70);
    float[] all = Arrays.copyOf(values(data.train()), 100);
    System.arraycopy(values(data.test()), 0, all, 70, 30);
    Arrays.sort(all);
    for (int i = 0; i < 100; i++) {
      assertThat(all[i]).isEqualTo(i);
    }
    assertThat(data.sha256())
        .isEqualTo(catalog.load(source(Optional.empty(), 0.3, 1)).sha256())
        .isNotEqualTo(catalog.load(source(Optional.empty(), 0.3, 2)).sha256())
        .isNotEqualTo(catalog.load(source(Optional.empty(), 0.4, 1)).sha256());
    Dataset extreme = catalog.load(source(Optional.empty(), 0.999, 1));
    assertThat(count(extreme.train(), extreme.classes().indexOf("rare"))).isEqualTo(1);
  }

  private static long count(ImageSet samples, int label) {
    return IntStream.range(0, samples.count()).filter(i -> samples.label(i) == label).count();
  }

  private DataSource source(Optional<String> labelColumn, double share, long seed) {
    return DataSource.of(file.toString())
        .withColumns(labelColumn.map(ColumnRoles::label).orElse(ColumnRoles.DEFAULT))
        .withTestShare(share)
        .withSeed(seed);
  }

  @Test
  void aFolderWithBothFilesIsNotSplit() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,y,label\n1,2,b\n3,4,a\n5,6,b\n");
    Files.writeString(folder.resolve("test.csv"), "x,label,y\n7,a,8\n");
    Dataset data = catalog.load(folder.toString());
    assertThat(values(data.train())).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(((Targets.Labels) data.train().targets()).labels()).containsExactly(1, 0, 1);
    assertThat(values(data.test())).containsExactly(7, 8);
    assertThat(((Targets.Labels) data.test().targets()).labels()).containsExactly(0);
    assertThat(data.title()).isEqualTo(folder.getFileName() + " (csv)");
  }

  @Test
  void bothFilesMustFitEachOther() throws IOException {
    Path test = folder.resolve("test.csv");
    Files.writeString(folder.resolve("train.csv"), "x,y,label\n1,2,b\n3,4,a\n");
    folderRefused(test + " is missing. Add it, or name the other file alone");
    Files.writeString(test, "y,x,label\n1,2,b\n");
    folderRefused("input column 1 is \"x\" in train.csv, but \"y\" in test.csv of " + folder);
    Files.writeString(test, "x,y,z,label\n1,2,3,b\n");
    folderRefused("train.csv has 2 input columns, but test.csv of " + folder + " has 3.");
    Files.writeString(test, "x,y,label\n1,2,c\n");
    folderRefused(test + " has samples with the label \"c\", but train.csv has none");
  }

  private void folderRefused(String message) {
    assertThatThrownBy(() -> catalog.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void raggedLinesAreRefusedByLine() throws IOException {
    refused("x,label\n1,a\n\n2\n", "line 4: there are 1 cells, but the header names 2 columns.");
    refused("x,label\n1,a\n2,b,3\n", "line 3: there are 3 cells, but the header names 2 columns.");
    refused("x,label\n1,a\n2,b,3", "line 3: there are 3 cells");
    refused("x,label\n1,\"a\nb\"\n2", "line 4: there are 1 cells");
  }

  @Test
  void cellsThatAreNoNumbersAreRefusedByLineAndColumn() throws IOException {
    for (String cell :
        new String[] {
          "Infinity", "-Infinity", "abc", "1f", "0x1p3", "1e99", "1 2", "--1", "1e", "١", "."
        }) {
      refused(
          "x,size,label\n1,2,a\n3," + cell + ",b\n",
          "line 3, column \"size\": \"" + cell + "\" is not a number in single precision.");
    }
    for (String missing : new String[] {"NaN", "NA", "?", "n/a", "#N/A", "null"}) {
      refused(
          "x,size,label\n1,2,a\n3," + missing + ",b\n",
          "line 3, column \"size\": the value is missing (\"" + missing + "\"). Fill it in");
    }
    refused("x,size,label\n1,,a\n", "line 2, column \"size\": the value is missing. Fill it in");
    refused("x,label\n" + "9".repeat(1000) + ",a\n", "\"" + "9".repeat(40) + "…\" is not a number");
  }

  @Test
  void aWrongHeaderIsRefused() throws IOException {
    refused("", "flowers.csv is empty.");
    refused("\n\n", "flowers.csv is empty.");
    refused("x,y\n1,2\n", "has no column \"label\" for the labels.");
    refused("x,y\n1,2\n", "the columns, separated by commas, are: x, y.");
    refused("x;label\n1;2\n", "has one column, \"x;label\". Separate cells by commas");
    refused("x,x,label\n1,2,a\n", "line 1: two columns are named \"x\".");
    refused("x,,label\n1,2,a\n", "line 1: column 2 has no name.");
    refused("label\na\nb\n", "has no column but the label column.");
    refused("x,label\n", "has a header line, but no samples.");
  }

  @Test
  void labelsThatCannotBeClassesAreRefused() throws IOException {
    refused("x,label\n1,a\n2,\n", "line 3, column \"label\": the label is missing.");
    refused("x,label\n1,a\n2,a\n", "are of one class, \"a\".");
    refused("x,label\n1,a\n2,a\n3,b\n", "class \"b\" of " + file + " has only one sample");
    StringBuilder text = new StringBuilder("x,label\n");
    for (int i = 0; i < 257; i++) {
      text.append("1,l").append(i).append('\n');
    }
    refused(
        text.toString(),
        "line 258: \"l256\" is the 257th different label, but there may be at most 256 classes.");
  }

  @Test
  void twoHundredAndFiftySixClassesFitIntoAByte() throws IOException {
    StringBuilder text = new StringBuilder("x,label\n");
    for (int i = 0; i < 5 * 256; i++) {
      text.append(i % 256).append(',').append(255 - i % 256).append('\n');
    }
    Dataset data = load(text.toString());
    for (int i = 0; i < data.train().count(); i++) {
      assertThat(data.classes().get(data.train().label(i)))
          .isEqualTo(String.valueOf(255 - (int) values(data.train())[i]));
    }
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Files.write(file, "x,label\n1,\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> catalog.load(file.toString()))
        .isInstanceOf(DataException.class)
        .hasMessage("cannot read " + file + ": it is not UTF-8 text.");
    refused("x,label\n1,\"a\n2,b\n", "cannot read " + file);
    refused("x,label\n1,\"a\"b\n2,b\n", "cannot read " + file);
  }

  @Test
  void brokenFilesAreRefusedInWordsWhateverIsBroken() throws IOException {
    byte[] whole = "x,y,label\n1,2,a\n3,4,\"b\"\n5,6,a\n7,8,b\n".getBytes(StandardCharsets.UTF_8);
    Random random = new Random(5);
    for (int trial = 0; trial < 2000; trial++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int i = 0; i < random.nextInt(4) && bytes.length > 0; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        assertThat(catalog.load(file.toString()).classes()).hasSizeGreaterThan(1);
      } catch (DataException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  private void refused(String text, String message) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> catalog.load(file.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  @Test
  void tooManyColumnsAreRefusedByNumber() throws IOException {
    String header = "label" + ",x".repeat(InputFiles.MOST_COLUMNS);
    for (String text : List.of(header + "\n", header + ",x".repeat(300_000))) {
      assertThatThrownBy(() -> load(text))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(
              "line 1: there are more than 200000 columns, the most that can be read");
    }
  }

  @Test
  void aRecordThatNeverEndsIsRefusedAtItsLine() {
    String endless = "x\n".repeat(InputFiles.MOST_RECORD_CHARACTERS / 2 + 50_000);
    assertThatThrownBy(() -> load("label,x\na,1\nb,\"" + endless))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 3: this line, with the quoted cells that it begins, has more");
  }

  @Test
  void manyRecordsMayHaveMoreCommasThanOneMay() throws IOException {
    String row = "1,".repeat(999);
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < 999; i++) {
      header.append('x').append(i).append(',');
    }
    String rows = (row + "a\n").repeat(150) + (row + "b\n").repeat(150);
    assertThat(load(header + "label\n" + rows).train().count()).isEqualTo(240);
  }

  @Test
  void aDeviceIsRefusedBeforeItIsRead() throws IOException {
    Path device = Path.of("/dev/zero");
    assumeThat(device).exists();
    Files.createSymbolicLink(file, device);
    assertThatThrownBy(() -> catalog.load(file.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + " is a pipe, a device or a socket");
  }

  @Test
  void readingIsToldToItsEnd() throws IOException {
    Files.writeString(file, "x,label\n1,a\n2,b\n3,a\n4,b\n");
    List<Long> told = new ArrayList<>();
    catalog.load(
        DataSource.of(file.toString()),
        (name, done, total) -> {
          assertThat(name).isEqualTo(file.toString());
          assertThat(total).isEqualTo(24);
          told.add(done);
        });
    assertThat(told).isSorted().endsWith(24L);
  }
}
