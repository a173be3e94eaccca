package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Spread;

class SummaryTest {

  private static final Metric TEST_ACCURACY = new Metric.Test(Score.ACCURACY);

  @Test
  void quartilesInterpolateAsComputedByHand() {
    // Sorted 1 2 4 8: position 3 · 0.25 = 0.75 between 1 and 2, position 2.25 between 4 and 8.
    assertThat(Spread.of(4, 1, 8, 2)).contains(new Spread(3.75, 1.75, 5, 4));
    assertThat(Spread.of(5, 3, 1)).contains(new Spread(3, 2, 4, 3));
    assertThat(Spread.of(0.5)).contains(new Spread(0.5, 0.5, 0.5, 1));
  }

  @Test
  void quartilesAgreeWithTheDefinitionOnManySamples() {
    SplittableRandom random = new SplittableRandom(7);
    for (int sample = 0; sample < 500; sample++) {
      double[] values = random.doubles(1 + random.nextInt(30), -5, 5).toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      Spread spread = Spread.of(values).orElseThrow();
      assertThat(spread.q25()).isCloseTo(interpolated(sorted, 0.25), within(1e-12));
      assertThat(spread.q75()).isCloseTo(interpolated(sorted, 0.75), within(1e-12));
      assertThat(spread.mean())
          .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-12));
    }
  }

  private static double interpolated(double[] sorted, double p) {
    double position = (sorted.length - 1) * p;
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  @Test
  void whatIsNotFiniteIsNeitherAveragedNorCounted() {
    assertThat(Spread.of(1, Double.NaN, 3, Double.POSITIVE_INFINITY))
        .contains(new Spread(2, 1.5, 2.5, 2));
    assertThat(Spread.of(Double.NaN)).isEmpty();
    assertThat(Spread.of()).isEmpty();
  }

  @Test
  void anEpochCoversTheRunsThatCompletedIt() {
    Experiment experiment = Examples.experiment(List.of("tanh"), 1L, 2L);
    Run first = experiment.runs().get(0);
    RunResult diverged =
        new RunResult(
            experiment.runs().get(1),
            new RunOutcome.Diverged(2, 5),
            List.of(Examples.epoch(1, 0.3, 0.02)));
    Summary summary =
        Summary.of(
            new ExperimentResult(
                experiment,
                List.of(
                    Examples.finished(
                        first, Examples.epoch(1, 0.1, 0.01), Examples.epoch(2, 0.2, 0.04)),
                    diverged)));
    assertThat(at(summary, first.arm(), 1, TEST_ACCURACY).orElseThrow().n()).isEqualTo(2);
    assertThat(at(summary, first.arm(), 1, TEST_ACCURACY).orElseThrow().mean())
        .isCloseTo(0.2, within(1e-15));
    assertThat(at(summary, first.arm(), 2, TEST_ACCURACY)).contains(new Spread(0.2, 0.2, 0.2, 1));
    assertThat(at(summary, first.arm(), 2, Metric.GRADIENT_MEAN_ABS))
        .contains(new Spread(0.04, 0.04, 0.04, 1));
    assertThat(at(summary, first.arm(), 3, TEST_ACCURACY)).isEmpty();
    assertThat(summary.lastEpoch()).isEqualTo(2);
    assertThat(summary.rows()).hasSize(2 * Metric.all(experiment.scores()).size());
  }

  private static Optional<Spread> at(Summary summary, Arm arm, int epoch, Metric metric) {
    return summary.of(arm, metric).stream()
        .filter(row -> row.epoch() == epoch)
        .map(Summary.Row::spread)
        .findFirst();
  }
}
