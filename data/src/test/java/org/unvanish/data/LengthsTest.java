package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthsTest {

  private static final int COUNT = 40;
  private static final Shape SHAPE = new Shape(2, 5, 1);

  /** Sample i is i % 5 + 1 steps long; each of its real values is i + 1. */
  private static ImageSet samples() {
    int[] steps = IntStream.range(0, COUNT).map(i -> i % 5 + 1).toArray();
    float[] values = new float[COUNT * SHAPE.size()];
    for (int i = 0; i < COUNT; i++) {
      for (int channel = 0; channel < 2; channel++) {
        int start = i * SHAPE.size() + channel * 5;
        Arrays.fill(values, start, start + steps[i], i + 1);
      }
    }
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = (byte) (i % 2);
    }
    return new ImageSet(
        SHAPE,
        new Pixels.Floats(values),
        new Targets.Labels(labels),
        Columns.NONE,
        Lengths.of(steps));
  }

  private static void requireOwnLengths(ImageSet samples) {
    for (int i = 0; i < samples.count(); i++) {
      int number = (int) samples.pixels().value(samples.start(i, 0)) - 1;
      assertThat(samples.steps(i)).isEqualTo(number % 5 + 1);
    }
  }

  @Test
  void samplesKeepTheirLengthsWhereverTheyAreTaken() {
    ImageSet all = samples();
    assertThat(all.shortest()).isEqualTo(1);
    requireOwnLengths(all);
    int[] order = IntStream.range(0, COUNT).toArray();
    new Randomness(5).drawFirst(order, COUNT);
    requireOwnLengths(all.select(order));
    TrainAndTest split = Split.of("own", List.of("0", "1"), all, 0.3, 2);
    requireOwnLengths(split.train());
    requireOwnLengths(split.test());
    Dataset data = new Dataset("own", "own", split);
    assertThat(data.sampleText()).isEqualTo("sequences of 1 to 5 steps (2 inputs a step)");
    requireOwnLengths(Subset.of(data, 7, 3).train());
    requireOwnLengths(all.withTargets(all.targets(), List.of()));
  }

  @Test
  void allAsLongAsTheShapeIsFull() {
    ImageSet all = samples();
    assertThat(all.lengths().isFull()).isFalse();
    ImageSet longest = all.select(new int[] {4, 9, 14});
    assertThat(longest.lengths()).isSameAs(Lengths.FULL);
    assertThat(longest.steps(1)).isEqualTo(5);
    assertThat(longest.realValues(1)).isEqualTo(5);
    ImageSet image = new ImageSet(new Shape(3, 4, 5), new byte[120], new byte[2]);
    assertThat(image.lengths()).isSameAs(Lengths.FULL);
    assertThat(image.realValues(1)).isEqualTo(20);
    assertThat(image.start(1, 2)).isEqualTo(100);
  }

  @Test
  void lengthsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Lengths.of(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample 1 has 0 steps, but needs at least 1");
    refused(SHAPE, Lengths.of(1), "1 lengths cannot be those of 2 samples of 2×5×1");
    refused(
        new Shape(2, 5, 3), Lengths.of(1, 2), "2 lengths cannot be those of 2 samples of 2×5×3");
    refused(SHAPE, Lengths.of(5, 6), "sample 1 has 6 steps, but the shape 2×5×1 has room for 5");
  }

  private static void refused(Shape shape, Lengths lengths, String message) {
    Pixels values = new Pixels.Floats(new float[2 * shape.size()]);
    Targets labels = new Targets.Labels(new byte[2]);
    assertThatThrownBy(() -> new ImageSet(shape, values, labels, Columns.NONE, lengths))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theArrayOfLengthsIsCopied() {
    int[] steps = {1, 2};
    Lengths lengths = Lengths.of(steps);
    steps[0] = 9;
    assertThat(lengths.steps(0, 4)).isEqualTo(1);
  }

  @Test
  void lengthsAreInTheChecksumOnlyWhereThereIsPadding() {
    ImageSet padded = samples();
    ImageSet full = new ImageSet(SHAPE, padded.pixels(), padded.targets());
    ImageSet said =
        new ImageSet(
            SHAPE,
            padded.pixels(),
            padded.targets(),
            Columns.NONE,
            Lengths.of(IntStream.range(0, COUNT).map(i -> 5).toArray()));
    String before = SampleChecksums.of(full, full);
    assertThat(before)
        .isEqualTo(
            SampleChecksums.ofParts(List.of(SampleChecksums.of(full), SampleChecksums.of(full))))
        .isEqualTo(SampleChecksums.of(said, full));
    String train = SampleChecksums.of(padded, full);
    String test = SampleChecksums.of(full, padded);
    assertThat(List.of(before, train, test)).doesNotHaveDuplicates();
    int[] other = IntStream.range(0, COUNT).map(i -> i == 0 ? 2 : i % 5 + 1).toArray();
    ImageSet longer =
        new ImageSet(SHAPE, padded.pixels(), padded.targets(), Columns.NONE, Lengths.of(other));
    assertThat(SampleChecksums.of(longer, full)).isNotEqualTo(train);
  }

  @Test
  void autoencodersOfPaddedSequencesAreRefused() {
    TrainAndTest split = Split.of("own", List.of("0", "1"), samples(), 0.2, 1);
    Dataset data = new Dataset("own", "own", split);
    assertThatThrownBy(() -> TargetChoice.INPUTS.of(data))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the sequences of own have different lengths, so a network would learn the zeros that"
                + " fill them up. Leave out \"targets: inputs\", or make all sequences equally"
                + " long.");
  }

  @Test
  void standardisedTargetsKeepTheLengths() {
    ImageSet all = samples();
    float[] numbers = new float[COUNT];
    Random random = new Random(3);
    for (int i = 0; i < COUNT; i++) {
      numbers[i] = random.nextFloat();
    }
    ImageSet regression =
        all.withTargets(new Targets.Numbers(numbers, 1), List.of(TargetColumn.raw("y")));
    Dataset data = new Dataset("own", "own", Split.of("own", regression, 0.2, 1));
    Dataset scaled = TargetChoice.STANDARDISED.of(data);
    requireOwnLengths(scaled.train());
    requireOwnLengths(scaled.test());
  }

  @Test
  void lengthsAreEqualWhereTheirNumbersAre() {
    assertThat(Lengths.of(2, 1)).isEqualTo(Lengths.of(2, 1)).isNotEqualTo(Lengths.of(1, 2));
    assertThat(Lengths.of(2, 1)).hasSameHashCodeAs(Lengths.of(2, 1)).isNotEqualTo(Lengths.FULL);
  }

  @Test
  void moreStepsThanFitAreRefusedWithTheNumber() {
    assertThatThrownBy(() -> Memory.sequences("own.csv", 1_000, 10, 60_000))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "own.csv has 1,000 sequences of 10 features, the longest of 60,000 steps. All take "
                + "as much memory as the longest, and at most 53,687 steps fit into 2 GiB. Shorten "
                + "the longest, or use fewer sequences.");
    assertThat(Memory.sequences("own.csv", 3, 2, 5)).hasSize(30).containsOnly(0);
  }
}
