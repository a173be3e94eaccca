package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.loss.TargetKind;

class TargetsTest {

  private static final int ROWS = 20;

  private static float[][] rows(int width, float first) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            i -> {
              float[] row = new float[width];
              for (int k = 0; k < width; k++) {
                row[k] = first + i + k / 10f;
              }
              return row;
            })
        .toArray(float[][]::new);
  }

  @Test
  void numbersToBeLearntStayWithTheirRows() {
    Dataset data = Dataset.of("made-up", rows(3, 0), rows(2, 100));
    assertThat(data.targetWidth()).isEqualTo(2);
    assertThat(data.classes()).isEmpty();
    assertThat(data.test().count()).isEqualTo(ROWS / 5);
    assertThat(data.train().count()).isEqualTo(ROWS - ROWS / 5);
    for (ImageSet samples : List.of(data.train(), data.test())) {
      assertThat(samples.targets().kind()).isEqualTo(TargetKind.NUMBERS);
      assertThat(samples.targets().different()).isEqualTo(samples.count());
      for (int i = 0; i < samples.count(); i++) {
        float own = samples.pixels().value(3 * i);
        assertThat(samples.targets().of(i)).containsExactly(100 + own, 100 + own + 0.1f);
      }
      assertThatThrownBy(() -> samples.label(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the targets are numbers, not classes");
    }
  }

  @Test
  void theChecksumCoversTheTargets() {
    float[][] other = rows(1, 100);
    other[7][0] = -1;
    assertThat(Dataset.of("made-up", rows(2, 0), other).sha256())
        .isNotEqualTo(Dataset.of("made-up", rows(2, 0), rows(1, 100)).sha256())
        .isEqualTo(Dataset.of("made-up", rows(2, 0), other).sha256());
  }

  @Test
  void targetsThatDoNotFitAreRefusedByNumber() {
    float[][] ragged = rows(2, 0);
    ragged[4] = new float[1];
    assertThatThrownBy(() -> Dataset.of("x", rows(2, 0), ragged))
        .hasMessage("target 4 has 1 numbers, but target 0 has 2");
    float[][] infinite = rows(1, 0);
    infinite[2][0] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> Dataset.of("x", rows(2, 0), infinite))
        .hasMessage("target 2 has a number that is not finite");
    assertThatThrownBy(() -> Dataset.of("x", rows(2, 0), new float[3][1]))
        .hasMessage("there are 20 rows, but 3 targets");
    assertThatThrownBy(() -> Dataset.of("x", new float[1][2], new float[1][1]))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x has only one sample");
  }

  @Test
  void theSamplesThemselvesAreLearntAsTheNetworkReadsThem() {
    byte[] pixels = {0, 51, (byte) 255, 102, 1, 2, 3, 4, 0, 51, (byte) 255, 102};
    Targets.Inputs targets = new Targets.Inputs(new Shape(2, 1, 2), new Pixels.Bytes(pixels));
    assertThat(targets.of(0)).containsExactly(0, 51, 255, 102);
    assertThat(targets.different()).isEqualTo(2);
    assertThat(targets.bytes()).isZero();
    Targets scaled =
        targets.scaled(List.of(new ChannelScaling(0, 255), new ChannelScaling(100, 2)));
    assertThat(scaled.of(0)).containsExactly(0, 51 / 255f, 77.5, 1);
    assertThat(scaled.select(new int[] {1}).of(0))
        .containsExactly(1 / 255f, 2 / 255f, -48.5, -48.0);
  }

  @Test
  void classesAreNobodyElsesToChange() {
    byte[] labels = {0, 1, 2};
    Targets.Labels targets = new Targets.Labels(labels);
    labels[1] = 7;
    targets.labels()[2] = 7;
    assertThat(targets.labels()).containsExactly(0, 1, 2);
    assertThat(targets.label(1)).isEqualTo(1);
    assertThat(targets.label(2)).isEqualTo(2);
  }

  @Test
  void moreClassesThanABytesNumbersAreRefused() {
    assertThatThrownBy(() -> Dataset.of("x", new float[4][1], new int[] {0, 256, 0, 256}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1 has label 256, but classes are numbered from 0 to 255");
  }

  @Test
  void columnsCannotBeScaledByNothing() {
    assertThatThrownBy(() -> new TargetColumn("rent", 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the column rent cannot be scaled by mean 3.0 and deviation 0.0");
    assertThatThrownBy(() -> new TargetColumn("rent", Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TargetColumn("rent", 3, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRangeOfNumbersIsThatOfAllOfThem() {
    TargetRange range = new Targets.Numbers(new float[] {1, -2, 3, 6}, 2).range();
    assertThat(range).isEqualTo(new TargetRange(-2, 6, 2, Math.sqrt(12.5)));
  }
}
