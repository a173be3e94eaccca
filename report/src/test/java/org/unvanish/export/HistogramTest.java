package org.unvanish.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.gradient.GradientStatistics;

class HistogramTest {

  @Test
  void equalQuantilesShareABucket() {
    // A quarter to a half of the coordinates are exactly 0.
    Histogram histogram =
        Histogram.of(new GradientStatistics(100, 1, 2, 8, 0, 0, 1, 1, 4, 0.3)).orElseThrow();
    assertThat(histogram.limits()).containsExactly(1.0, 4.0, 8.0);
    assertThat(histogram.counts()).containsExactly(50.0, 45.0, 5.0);
  }

  @Test
  void aDeadGradientIsOneBucketAtZero() {
    Histogram histogram =
        Histogram.of(new GradientStatistics(40, 0, 0, 0, 0, 0, 0, 0, 0, 1)).orElseThrow();
    assertThat(histogram.limits()).containsExactly(0.0);
    assertThat(histogram.counts()).containsExactly(40.0);
  }

  @Test
  void aQuantileThatRoundingPutAboveTheLargestValueIsCutOff() {
    Histogram histogram =
        Histogram.of(new GradientStatistics(100, 1, 1, 1, 1.01, 1.01, 1.01, 1.01, 1.01, 0))
            .orElseThrow();
    assertThat(histogram.limits()).containsExactly(1.0);
    assertThat(histogram.counts().get(0)).isEqualTo(100, within(1e-9));
  }

  @Test
  void limitsRiseAndNothingIsLost() {
    Random random = new Random(7);
    for (int n = 0; n < 1_000; n++) {
      double[] q = random.doubles(6).map(x -> Math.floor(4 * x) / 4).sorted().toArray();
      Histogram histogram =
          Histogram.of(new GradientStatistics(1000, 1, 1, q[5], q[0], q[1], q[2], q[3], q[4], 0))
              .orElseThrow();
      assertThat(histogram.limits()).isSorted().doesNotHaveDuplicates();
      assertThat(histogram.limits()).hasSameSizeAs(histogram.counts()).last().isEqualTo(q[5]);
      assertThat(histogram.counts()).allMatch(count -> count > 0);
      assertThat(histogram.counts().stream().mapToDouble(c -> c).sum())
          .isEqualTo(1000, within(1e-9));
    }
  }
}
