package org.unvanish.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSet;
import org.unvanish.data.ImageSteps;
import org.unvanish.data.Randomness;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.DataCatalog;

class DrawnSequencesTest {

  private static final DataCatalog CATALOG = new DataCatalog(Path.of("nowhere"));

  private static Dataset draw(String name, int samples, int steps) {
    return CATALOG.load(DataSource.of(name).withDrawing(drawing(samples).withSteps(steps)));
  }

  private static Drawing drawing(int samples) {
    return new Drawing(OptionalInt.of(samples), OptionalDouble.empty(), OptionalInt.empty());
  }

  private static float value(ImageSet samples, int sample, int feature, int step) {
    return samples.pixels().value(samples.start(sample, feature) + step);
  }

  private static float number(ImageSet samples, int sample, int index) {
    return ((Targets.Numeric) samples.targets()).number(sample, index);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDrawnDependsOnItsSettingsAlone(DrawnSequences sequences) {
    DataSource source = DataSource.of(sequences.label());
    Dataset data = CATALOG.load(source);
    assertThat(data.train().count()).isEqualTo(8_000);
    assertThat(data.test().count()).isEqualTo(2_000);
    assertThat(data.train().lengths().isFull()).isTrue();
    assertThat(data.train().columns().inputs()).hasSize(data.shape().channels());
    assertThat(CATALOG.load(source).sha256())
        .isEqualTo(data.sha256())
        .isNotEqualTo(CATALOG.load(source.withSeed(2)).sha256());
    assertThat(draw(sequences.label(), 10_000, 100).sha256()).isEqualTo(data.sha256());
    assertThat(draw(sequences.label(), 10_000, 101).sha256()).isNotEqualTo(data.sha256());
  }

  @Test
  void titlesTellTheLength() {
    assertThat(draw("adding", 50, 30).title())
        .isEqualTo("adding (50 samples, 30 steps), 20 % of the samples for testing (seed 1)");
    assertThat(draw("copying", 50, 30).title())
        .isEqualTo("copying (50 samples, 30 blanks), 20 % of the samples for testing (seed 1)");
    assertThat(draw("adding", 50, 30).learnt()).isEqualTo("with 1 numeric target: sum");
    assertThat(draw("copying", 50, 30).learnt()).isEqualTo("with 80 numeric targets");
  }

  /** The first 16 digits; another version of Java, or machine, must come to the same. */
  @ParameterizedTest
  @CsvSource({"adding, 61b25b7b3a3a3004", "copying, 38714a8c608f0206"})
  void theBitsStayTheSame(String name, String sha256) {
    assertThat(CATALOG.load(DataSource.of(name)).sha256()).startsWith(sha256);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 50, 101})
  void theSumIsThatOfTheTwoMarkedValues(int steps) {
    Dataset data = draw("adding", 400, steps);
    assertThat(data.shape()).isEqualTo(new Shape(2, steps, 1));
    for (ImageSet samples : new ImageSet[] {data.train(), data.test()}) {
      for (int sample = 0; sample < samples.count(); sample++) {
        double sum = 0;
        int firstHalf = 0;
        int secondHalf = 0;
        for (int step = 0; step < steps; step++) {
          float x = value(samples, sample, 0, step);
          float marker = value(samples, sample, 1, step);
          assertThat(x).isBetween(0f, 1f);
          assertThat(marker).isIn(0f, 1f);
          sum += (double) x * marker;
          firstHalf += step < steps / 2 ? (int) marker : 0;
          secondHalf += step >= steps / 2 ? (int) marker : 0;
        }
        assertThat(firstHalf).isEqualTo(1);
        assertThat(secondHalf).isEqualTo(1);
        assertThat(number(samples, sample, 0)).isEqualTo((float) sum);
      }
    }
  }

  @Test
  void everyPlaceIsMarkedEquallyOften() {
    ImageSet samples = draw("adding", 10_000, 10).train();
    int[] marked = new int[10];
    for (int sample = 0; sample < samples.count(); sample++) {
      for (int step = 0; step < 10; step++) {
        marked[step] += (int) value(samples, sample, 1, step);
      }
    }
    // Expected 1600, standard deviation 36.
    assertThat(Arrays.stream(marked).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(1_420, 1_780));
  }

  @Test
  void answeringAlwaysOneHasAnErrorOfASixth() {
    ImageSet samples = draw("adding", 10_000, 20).train();
    double squares = 0;
    for (int sample = 0; sample < samples.count(); sample++) {
      double off = number(samples, sample, 0) - 1;
      squares += off * off;
    }
    assertThat(squares / samples.count()).isCloseTo(1 / 6.0, within(0.01));
  }

  @Test
  void noiseIsAddedToTheSumAlone() {
    Drawing noisy =
        new Drawing(OptionalInt.of(5_000), OptionalDouble.of(0.5), OptionalInt.empty())
            .withSteps(10);
    ImageSet with = CATALOG.load(DataSource.of("adding").withDrawing(noisy)).train();
    ImageSet without = draw("adding", 5_000, 10).train();
    double squares = 0;
    for (int sample = 0; sample < with.count(); sample++) {
      assertThat(value(with, sample, 0, 3)).isEqualTo(value(without, sample, 0, 3));
      double off = number(with, sample, 0) - number(without, sample, 0);
      squares += off * off;
    }
    assertThat(Math.sqrt(squares / with.count())).isCloseTo(0.5, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void theSymbolsToCopyStandBeforeTheBlanksAndAreTheLabels(int blanks) {
    Dataset data = draw("copying", 400, blanks);
    int length = 10 + blanks + 1;
    assertThat(data.shape()).isEqualTo(new Shape(10, length, 1));
    assertThat(data.targetWidth()).isEqualTo(80);
    ImageSet samples = data.train();
    int[] drawn = new int[8];
    for (int sample = 0; sample < samples.count(); sample++) {
      for (int step = 0; step < length; step++) {
        int kind = -1;
        for (int feature = 0; feature < 10; feature++) {
          float x = value(samples, sample, feature, step);
          assertThat(x).isIn(0f, 1f);
          if (x == 1) {
            assertThat(kind).as("one-hot").isNegative();
            kind = feature;
          }
        }
        if (step < 10) {
          assertThat(kind).isBetween(0, 7);
          drawn[kind]++;
          for (int symbol = 0; symbol < 8; symbol++) {
            assertThat(number(samples, sample, step * 8 + symbol))
                .isEqualTo(symbol == kind ? 1 : 0);
          }
        } else {
          assertThat(kind).isEqualTo(step < length - 1 ? 8 : 9);
        }
      }
    }
    // Expected 400, standard deviation 19.
    assertThat(Arrays.stream(drawn).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(300, 500));
  }

  /** Recomputed from the random numbers, one after the other. */
  @Test
  void theNumbersAreDrawnInTheirOrder() {
    Randomness random = new Randomness(7, "adding");
    Drawing drawing = drawing(20).withSteps(9);
    DataSource source = DataSource.of("adding").withDrawing(drawing).withSeed(7);
    Dataset data = CATALOG.load(source);
    Set<String> expected = new HashSet<>();
    for (int sample = 0; sample < 20; sample++) {
      float[] values = new float[9];
      for (int step = 0; step < 9; step++) {
        values[step] = (float) random.between(0, 1);
      }
      int first = (int) random.between(0, 4);
      int second = (int) random.between(4, 9);
      random.bell();
      expected.add(first + " " + second + " " + (float) ((double) values[first] + values[second]));
    }
    Set<String> drawn = new HashSet<>();
    for (ImageSet samples : new ImageSet[] {data.train(), data.test()}) {
      for (int sample = 0; sample < samples.count(); sample++) {
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < 9; step++) {
          if (value(samples, sample, 1, step) == 1) {
            text.append(step).append(' ');
          }
        }
        drawn.add(text.append(number(samples, sample, 0)).toString());
      }
    }
    assertThat(drawn).isEqualTo(expected);
  }

  @Test
  void whatSequencesDoNotTakeIsRefused() {
    Drawing noise = new Drawing(OptionalInt.empty(), OptionalDouble.of(0), OptionalInt.empty());
    Drawing classes = new Drawing(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.of(3));
    refused("copying", noise, "copying takes no \"noise\", because its steps are symbols.");
    refused("adding", classes, "adding takes no \"classes\"; only blobs and multi-label do.");
    refused("copying", classes, "copying takes no \"classes\"");
    refused(
        "adding",
        Drawing.DEFAULT.withSteps(1),
        "adding needs at least 2 steps, but \"steps\" is 1.");
    refused(
        "circles",
        Drawing.DEFAULT.withSteps(9),
        "circles takes no \"steps\"; only adding and copying do. Leave it out.");
    refused("synthetic", Drawing.DEFAULT.withSteps(9), "or number of steps");
    for (String name : new String[] {"adding", "xor"}) {
      assertThatThrownBy(() -> CATALOG.load(DataSource.of(name).withSteps(ImageSteps.ROWS)))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "\"steps: rows\" is for images, but "
                  + name
                  + " has none. Leave it out; of adding and copying, steps is a number.");
    }
    assertThatThrownBy(() -> Drawing.DEFAULT.withSteps(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be from 1 to 100000000 steps, not 0");
  }

  @Test
  void moreStepsThanFitAreRefusedWithTheNumber() {
    refused(
        "adding",
        Drawing.DEFAULT.withSteps(30_000),
        "adding has 10,000 sequences of 2 features, the longest of 30,000 steps.");
    refused("adding", Drawing.DEFAULT.withSteps(30_000), "at most 26,843 steps fit into 2 GiB.");
    refused(
        "copying",
        Drawing.DEFAULT.withSteps(Drawing.MOST_STEPS),
        "at most 5,368 steps fit into 2 GiB.");
  }

  private static void refused(String name, Drawing drawing, String message) {
    assertThatThrownBy(() -> CATALOG.load(DataSource.of(name).withDrawing(drawing)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
