package org.unvanish.data.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSet;
import org.unvanish.data.ImageSteps;
import org.unvanish.data.InputColumn;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Shape;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

/** Tables in long form, with a row for each time step. */
class CsvSequencesTest {
  @TempDir Path folder;

  private static final ColumnRoles CLASSES = ColumnRoles.DEFAULT.withSequence("id");
  private static final ColumnRoles NUMBERS = ColumnRoles.targets("y").withSequence("id");

  private Path file;
  private DataCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new DataCatalog(folder.resolve("none"));
    file = folder.resolve("walks.csv");
  }

  private Dataset load(ColumnRoles roles, String text) throws IOException {
    Files.writeString(file, text);
    return catalog.load(DataSource.of(file.toString()).withColumns(roles));
  }

  @Test
  void rowsBecomeStepsOfSequences() throws IOException {
    Dataset data =
        load(
            CLASSES.withTime("t"),
            """
            id,t,speed,turn,label
            a,0,1.5,0.5,walk
            a,1,1.25,-1,walk
            b,0,9,2,ride
            c,3,8,1,ride
            c,4,7,3,ride
            c,9,6,5,ride
            d,0,0.5,0.25,walk
            """);
    assertThat(data.shape()).isEqualTo(new Shape(2, 3, 1));
    assertThat(data.classes()).containsExactly("ride", "walk");
    assertThat(data.train().columns().inputs())
        .containsExactly(new InputColumn.Numeric("speed"), new InputColumn.Numeric("turn"));
    assertThat(data.sampleText()).isEqualTo("sequences of 1 to 3 steps (2 inputs a step)");
    assertThat(sequences(data))
        .containsExactlyInAnyOrder(
            "walk [1.5, 0.5] [1.25, -1.0]",
            "ride [9.0, 2.0]",
            "ride [8.0, 1.0] [7.0, 3.0] [6.0, 5.0]",
            "walk [0.5, 0.25]");
  }

  /** What a data set holds: label or numbers, and the features of each step. */
  private static List<String> sequences(Dataset data) {
    List<String> all = new ArrayList<>();
    for (ImageSet samples : List.of(data.train(), data.test())) {
      for (int sample = 0; sample < samples.count(); sample++) {
        all.add(sequence(data, samples, sample));
      }
    }
    return all;
  }

  private static String sequence(Dataset data, ImageSet samples, int sample) {
    StringBuilder text = new StringBuilder();
    if (samples.targets() instanceof Targets.Numeric) {
      text.append('[').append(((Targets.Numeric) samples.targets()).number(sample, 0)).append(']');
    } else {
      text.append(data.classes().get(samples.label(sample)));
    }
    Shape shape = samples.shape();
    for (int step = 0; step < shape.rows(); step++) {
      float[] features = new float[shape.channels()];
      for (int i = 0; i < features.length; i++) {
        features[i] = samples.pixels().value(samples.start(sample, i) + step);
      }
      if (step < samples.steps(sample)) {
        text.append(' ').append(Arrays.toString(features));
      } else {
        assertThat(features).as("padding").containsOnly(0);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void randomSequencesAreReadBackAsTheyAreWritten(int seed) throws IOException {
    Random random = new Random(seed);
    boolean numbers = random.nextBoolean();
    boolean timed = random.nextBoolean();
    int features = 1 + random.nextInt(4);
    int longest = 2 + random.nextInt(12);
    int count = 4 + random.nextInt(30);
    List<String> columns = new ArrayList<>(List.of("id", numbers ? "y" : "label"));
    if (timed) {
      columns.add("t");
    }
    IntStream.range(0, features).forEach(i -> columns.add("x" + i));
    Collections.shuffle(columns, random);
    StringBuilder table = new StringBuilder(String.join(",", columns)).append('\n');
    List<String> expected = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      String learnt = numbers ? Float.toString(random.nextFloat()) : "class" + number % 2;
      StringBuilder sequence = new StringBuilder(numbers ? "[" + learnt + "]" : learnt);
      int time = random.nextInt(1000) - 500;
      for (int steps = number == 0 ? longest : 1 + random.nextInt(longest); steps > 0; steps--) {
        time += 1 + random.nextInt(3);
        List<String> cells = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        for (String column : columns) {
          switch (column) {
            case "id" -> cells.add("s" + number);
            case "y", "label" -> cells.add(learnt);
            case "t" -> cells.add(Integer.toString(time));
            default -> {
              float value = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian() * 100;
              cells.add(Float.toString(value));
              inputs.add(Float.toString(value));
            }
          }
        }
        table.append(String.join(",", cells)).append('\n');
        sequence.append(' ').append(inputs);
      }
      expected.add(sequence.toString());
    }
    ColumnRoles roles = numbers ? NUMBERS : CLASSES;
    Dataset data = load(timed ? roles.withTime("t") : roles, table.toString());
    assertThat(data.shape()).isEqualTo(new Shape(features, longest, 1));
    assertThat(sequences(data)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theSplitIsBySequencesAndStratified() throws IOException {
    StringBuilder text = new StringBuilder("id,x,label\n");
    for (int i = 0; i < 100; i++) {
      for (int step = 0; step < 1 + i % 3; step++) {
        text.append("s%d,%d,%s\n".formatted(i, i, i % 10 == 0 ? "rare" : "often"));
      }
    }
    Dataset data = load(CLASSES, text.toString());
    assertThat(data.train().count()).isEqualTo(80);
    assertThat(data.test().count()).isEqualTo(20);
    int rare = data.classes().indexOf("rare");
    long ofTest = 0;
    for (int i = 0; i < 20; i++) {
      ofTest += data.test().label(i) == rare ? 1 : 0;
      float number = data.test().pixels().value(data.test().start(i, 0));
      assertThat(data.test().steps(i)).isEqualTo(1 + (int) number % 3);
    }
    assertThat(ofTest).isEqualTo(2);
    assertThat(data.title()).isEqualTo("walks.csv (csv), 20 % of each class for testing (seed 1)");
  }

  @Test
  void categoriesBecomeInputsOfEachStep() throws IOException {
    Dataset data =
        load(
            NUMBERS.withCategorical("kind"),
            "id,kind,x,y\na,up,1,5\na,down,2,5\na,up,3,5\nb,down,4,6\nc,up,7,8\nc,up,8,8\n");
    assertThat(data.train().columns().inputs())
        .containsExactly(
            new InputColumn.OneHot("kind", "down"),
            new InputColumn.OneHot("kind", "up"),
            new InputColumn.Numeric("x"));
    assertThat(sequences(data))
        .containsExactlyInAnyOrder(
            "[5.0] [0.0, 1.0, 1.0] [1.0, 0.0, 2.0] [0.0, 1.0, 3.0]",
            "[6.0] [1.0, 0.0, 4.0]",
            "[8.0] [0.0, 1.0, 7.0] [0.0, 1.0, 8.0]");
  }

  @Test
  void trainingAndTestFileHaveOneShape() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "id,x,y\na,1,5\na,2,5\nb,3,6\n");
    Files.writeString(folder.resolve("test.csv"), "id,x,y\nb,3,6\na,1,5\na,2,5\na,3,5\na,4,5\n");
    Dataset data = catalog.load(DataSource.of(folder.toString()).withColumns(NUMBERS));
    assertThat(data.shape()).isEqualTo(new Shape(1, 4, 1));
    assertThat(data.train().steps(0)).isEqualTo(2);
    assertThat(data.test().steps(0)).isEqualTo(1);
    assertThat(data.test().steps(1)).isEqualTo(4);
    Files.writeString(folder.resolve("test.csv"), "id,x,y\nb,3,6\n");
    assertThat(catalog.load(DataSource.of(folder.toString()).withColumns(NUMBERS)).shape())
        .isEqualTo(new Shape(1, 2, 1));
    Files.writeString(folder.resolve("train.csv"), "id,x,y\na,1,5\nb,3,6\n");
    assertThatThrownBy(() -> catalog.load(DataSource.of(folder.toString()).withColumns(NUMBERS)))
        .hasMessageContaining("every sequence of " + folder.resolve("train.csv"));
  }

  @Test
  void sequencesOfOneLengthNeedNoPaddingAndCanBeLearntThemselves() throws IOException {
    String text = "id,x\na,1\na,2\nb,3\nb,4\nc,5\nc,6\n";
    Files.writeString(file, text);
    Dataset data =
        catalog.load(
            DataSource.of(file.toString()).withColumns(CLASSES).withTargets(TargetChoice.INPUTS));
    assertThat(data.train().lengths().isFull()).isTrue();
    assertThat(data.targetWidth()).isEqualTo(2);
    Files.writeString(file, text + "d,7\n");
    assertThatThrownBy(
            () ->
                catalog.load(
                    DataSource.of(file.toString())
                        .withColumns(CLASSES)
                        .withTargets(TargetChoice.INPUTS)))
        .hasMessageContaining("have different lengths");
  }

  @Test
  void anotherLengthIsAnotherChecksum() throws IOException {
    String rows = "id,x,y\na,1,5\na,2,5\nd,3,7\nc,4,8\nb,3,6\n";
    String padded = load(NUMBERS, rows).sha256();
    assertThat(load(NUMBERS, rows + "b,0,6\n").sha256())
        .as("a zero that is data, no padding")
        .isNotEqualTo(padded);
    assertThat(load(NUMBERS, rows).sha256()).isEqualTo(padded);
  }

  @Test
  void aSequenceThatComesAgainIsRefused() throws IOException {
    refused(
        CLASSES,
        "id,x,label\na,1,p\nb,2,q\na,3,p\n",
        "line 4, column \"id\": the sequence \"a\" began in line 2, and appears again after "
            + "\"b\". Sort the file by this column, so that all rows of a sequence are consecutive.");
    refused(
        CLASSES.withTime("t"),
        "id,t,x,label\na,1,1,p\nb,1,2,q\na,2,3,p\n",
        "Sort the file by this column, then by the time, so");
  }

  @Test
  void aTimeThatDoesNotIncreaseIsRefused() throws IOException {
    ColumnRoles timed = CLASSES.withTime("t");
    refused(
        timed,
        "id,t,x,label\na,1,1,p\na,2,1,p\nb,7,2,q\nb,6.5,2,q\n",
        "line 5, column \"t\": the time 6.5 of the sequence \"b\" is not after 7, the time of "
            + "the step before. Sort the rows of each sequence by this column; two steps cannot have "
            + "the same time.");
    refused(timed, "id,t,x,label\na,1,1,p\na,1.0,1,p\n", "line 3, column \"t\": the time 1.0");
    // Nanoseconds, which neither float nor double tell apart.
    String early = "1700000000000000001";
    String late = "1700000000000000002";
    String rest = "b,0,1,p\nc,0,1,q\nd,0,1,q\n";
    assertThat(
            load(timed, "id,t,x,label\na,%s,1,p\na,%s,1,p\n%s".formatted(early, late, rest))
                .shape()
                .rows())
        .isEqualTo(2);
    refused(timed, "id,t,x,label\na,%s,1,p\na,%s,1,p\n".formatted(late, early), "line 3");
    refused(
        timed,
        "id,t,x,label\na,2024-01-05,1,p\n",
        "line 2, column \"t\": \"2024-01-05\" is not a time. Times are numbers, such as 3 or "
            + "1.5e9;");
    refused(timed, "id,t,x,label\na,,1,p\n", "line 2, column \"t\": the time is missing. Fill");
    refused(timed, "id,t,x,label\na,1e99999,1,p\n", "\"1e99999\" is not a time");
    refused(timed, "id,t,x,label\na," + "9".repeat(5000) + ",1,p\n", "9…\" is not a time");
    assertThatThrownBy(() -> ColumnRoles.DEFAULT.withTime("t"))
        .hasMessage(
            "a time-column needs a sequence-column, which says to which sequence a row belongs");
  }

  @Test
  void whatIsToBeLearntMayNotChangeWithinASequence() throws IOException {
    refused(
        CLASSES,
        "id,x,label\na,1,p\nb,2,p\nb,2,q\n",
        "line 4, column \"label\": the target is \"q\" here, but \"p\" in the earlier rows of "
            + "the sequence \"b\", which began in line 3. The target must be the same in all rows of "
            + "a sequence; if it changes, begin another sequence there.");
    refused(
        NUMBERS,
        "id,x,y\na,1,5\na,2,5.0\na,2,5.5\n",
        "line 4, column \"y\": the target is \"5.5\" here, but \"5.0\" in the earlier rows");
    refused(CLASSES, "id,x,label\na,1,p\na,2,\n", "line 3, column \"label\": the label is missing");
    refused(NUMBERS, "id,x,y\na,1,5\na,2,\n", "line 3, column \"y\": the value is missing");
  }

  @Test
  void sequencesOfOneStepEachAreRefused() throws IOException {
    refused(
        CLASSES,
        "id,x,label\na,1,p\nb,2,p\nc,3,q\nd,4,q\n",
        "every sequence of "
            + file
            + " has one step: no value of the column \"id\" is in two rows. Name the column "
            + "that the rows of a sequence share, or leave out sequence-column to learn from "
            + "single rows.");
  }

  @Test
  void aSequenceWithoutANameIsRefused() throws IOException {
    refused(
        CLASSES,
        "id,x,label\na,1,p\n,2,p\n",
        "line 3, column \"id\": the name of the sequence is missing. Fill it in");
    refused(CLASSES, "id,x,label\n,1,p\n", "line 2, column \"id\": the name of the sequence");
    refused(CLASSES, "id,x,label\nNA,1,p\n", "the name of the sequence is missing (\"NA\")");
    refused(
        CLASSES,
        "id,x,label\n" + "i".repeat(201) + ",1,p\n",
        "has 201 characters, but the name of a sequence may have 200. Number the sequences");
  }

  @Test
  void columnsThatAreNotThereOrHaveAnotherRoleAreRefused() throws IOException {
    String text = "id,x,label\na,1,p\na,2,p\n";
    refused(ColumnRoles.DEFAULT.withSequence("ID"), text, "\"ID\", which sequence-column names");
    refused(CLASSES.withTime("t"), text, "has no column \"t\", which time-column names");
    refused(
        ColumnRoles.DEFAULT.withSequence("label"),
        text,
        "the column \"label\" of %s holds the labels, so it cannot hold sequences or times."
            .formatted(file));
    refused(
        CLASSES.withTime("x"),
        text,
        "has no column but the label column and the sequences. Add at least one input column");
    assertThatThrownBy(() -> NUMBERS.withTime("y"))
        .hasMessage("the column \"y\" is named twice, but can have one role only");
    assertThatThrownBy(() -> ColumnRoles.DEFAULT.withSequence(" "))
        .hasMessage("the name of a column is empty");
  }

  @Test
  void moreStepsThanFitAreRefusedBeforeTheyAreBuilt() throws IOException {
    StringBuilder text = new StringBuilder("id,x,y\n");
    for (int i = 0; i < 30_000; i++) {
      text.append("s").append(i).append(",1,").append(i).append('\n');
    }
    for (int step = 0; step < 20_000; step++) {
      text.append("long,1,0\n");
    }
    refused(
        NUMBERS,
        text.toString(),
        file
            + " has 30,001 sequences of 1 feature, the longest of 20,000 steps. All take as "
            + "much memory as the longest, and at most 17,895 steps fit into 2 GiB. Shorten "
            + "the longest, or use fewer sequences.");
  }

  @Test
  void moreSequencesThanCanBeToldApartAreRefused() throws IOException {
    StringBuilder text = new StringBuilder("id,x,y\n");
    for (int i = 0; i <= InputFiles.MOST_SEQUENCES; i++) {
      text.append(i).append(",1,1\n");
    }
    refused(
        NUMBERS,
        text.toString(),
        "line 1000002, column \"id\": this is the sequence number 1000001, but there may be at"
            + " most 1000000. Leave some out.");
  }

  @Test
  void stepsOfImagesAndOfDrawnSequencesAreNotForTables() throws IOException {
    Files.writeString(file, "id,x,label\na,1,p\na,2,p\n");
    DataSource source = DataSource.of(file.toString());
    assertThatThrownBy(() -> catalog.load(source.withSteps(ImageSteps.ROWS)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            ("\"steps: rows\" is for images, but %s is a table. Name the column that identifies "
                    + "its sequences in sequence-column.")
                .formatted(file));
    assertThatThrownBy(() -> catalog.load(source.withDrawing(Drawing.DEFAULT.withSteps(5))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a number of steps is for generated sequences, but " + file);
    assertThatThrownBy(() -> catalog.load(DataSource.of("circles").withColumns(CLASSES)))
        .hasMessageContaining("which takes no format and no columns");
  }

  private void refused(ColumnRoles roles, String text, String message) {
    assertThatThrownBy(() -> load(roles, text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  @Test
  void brokenFilesAreRefusedInWordsWhateverIsBroken() throws IOException {
    String text = "id,t,x,kind,label\na,1,2,u,p\na,2,3,v,p\n\"b\",1,4,u,q\nb,2,5,v,q\nc,1,6,u,p\n";
    byte[] whole = (text + "d,5,6,v,q\nd,7,6,v,q\n").getBytes(StandardCharsets.UTF_8);
    ColumnRoles roles = CLASSES.withTime("t").withCategorical("kind");
    List<String> parts = Stream.of("a", "b", "\n", ",", "1", "2", "", "1e9", "-").toList();
    Random random = new Random(5);
    int read = 0;
    for (int trial = 0; trial < 3000; trial++) {
      byte[] bytes =
          Arrays.copyOf(whole, trial % 2 == 0 ? whole.length : random.nextInt(whole.length + 1));
      for (int i = 0; i < random.nextInt(4) && bytes.length > 0; i++) {
        byte[] part = parts.get(random.nextInt(parts.size())).getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean() || part.length == 0 ? (byte) random.nextInt(256) : part[0];
      }
      Files.write(file, bytes);
      try {
        Dataset data = catalog.load(DataSource.of(file.toString()).withColumns(roles));
        assertThat(data.shape().isSequence()).isTrue();
        sequences(data);
        read++;
      } catch (DataException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
    assertThat(read).as("some are still good").isBetween(100, 2900);
  }
}
