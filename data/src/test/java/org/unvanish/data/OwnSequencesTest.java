package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Sequences that a program has in memory. */
class OwnSequencesTest {

  /** Four of two features: the first and third have two steps, the others three and one. */
  private static final float[][][] SEQUENCES = {
    {{1, 10}, {2, 20}},
    {{3, 30}, {4, 40}, {5, 50}},
    {{6, 60}, {7, 70}},
    {{8, 80}},
  };

  @Test
  void aStepIsARowAndAFeatureAChannelAndShorterOnesArePadded() {
    Dataset data = Dataset.of("walks", SEQUENCES, new float[][] {{0}, {1}, {2}, {3}});
    assertThat(data.shape()).isEqualTo(new Shape(2, 3, 1));
    assertThat(data.targetWidth()).isEqualTo(1);
    for (ImageSet part : new ImageSet[] {data.train(), data.test()}) {
      for (int i = 0; i < part.count(); i++) {
        int sample = (int) ((Targets.Numeric) part.targets()).value(i, 0);
        int steps = SEQUENCES[sample].length;
        assertThat(part.steps(i)).isEqualTo(steps);
        for (int feature = 0; feature < 2; feature++) {
          for (int step = 0; step < 3; step++) {
            float value = part.pixels().value((i * 2 + feature) * 3 + step);
            assertThat(value).isEqualTo(step < steps ? SEQUENCES[sample][step][feature] : 0);
          }
        }
      }
    }
  }

  @Test
  void classesAreSplitAsThoseOfRowsAre() {
    Dataset data = Dataset.of("walks", SEQUENCES, new int[] {0, 1, 0, 1});
    assertThat(data.classes()).containsExactly("0", "1");
    assertThat(data.train().count()).isEqualTo(2);
    assertThat(data.test().count()).isEqualTo(2);
  }

  @Test
  void paddingThatTakesTooMuchMemoryIsRefused() {
    float[][][] sequences = new float[30_000][][];
    Arrays.fill(sequences, new float[1][1]);
    sequences[7] = new float[100_000][1];
    String message =
        "walks has 30,000 sequences of 1 feature, the longest of 100,000 steps. All take as much"
            + " memory as the longest, and at most 17,895 steps fit into 2 GiB. Shorten the longest,"
            + " or use fewer sequences.";
    assertThatThrownBy(() -> Dataset.of("walks", sequences, new int[sequences.length]))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Dataset.of("walks", sequences, new float[sequences.length][1]))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    float[][] rows = new float[30_000][];
    Arrays.fill(rows, new float[100_000]);
    assertThatThrownBy(() -> Dataset.of("rows", rows, new int[rows.length]))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the data take 11.2 GiB in memory, but at most 2 GiB are allowed.");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Dataset.of("x", SEQUENCES, new int[3]))
        .hasMessage("there are 4 sequences, but 3 labels");
    assertThatThrownBy(() -> Dataset.of("x", new float[0][][], new int[0]))
        .hasMessage("there are 0 sequences, but 0 labels");
    float[][][] other = SEQUENCES.clone();
    other[2] = new float[][] {{6, 60, 600}};
    assertThatThrownBy(() -> Dataset.of("x", other, new int[4]))
        .hasMessage("sequence 2 has 3 features a step, but sequence 0 has 2");
    other[2] = new float[][] {{6, 60}, {7}};
    assertThatThrownBy(() -> Dataset.of("x", other, new int[4]))
        .hasMessage("sequence 2: step 1 has 1 numbers, but sequence 2: step 0 has 2");
    other[2] = new float[][] {{6, Float.NaN}};
    assertThatThrownBy(() -> Dataset.of("x", other, new int[4]))
        .hasMessage("sequence 2: step 0 has a number that is not finite");
    assertThatThrownBy(() -> Dataset.of("x", new float[2][3][0], new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a shape needs positive dimensions");
    other[2] = new float[0][];
    assertThatThrownBy(() -> Dataset.of("x", other, new int[4]))
        .hasMessage("sample 2 has 0 steps, but needs at least 1");
  }
}
