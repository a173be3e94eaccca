package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.junit.jupiter.api.Test;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.statistics.PairedSample;
import org.unvanish.statistics.SignedRanks;

class ComparisonTest {

  @Test
  void thePValueIsTheShareOfSignsThatAreAsExtreme() {
    Random random = new Random(7);
    for (int n = 1; n <= 12; n++) {
      for (int i = 0; i < 20; i++) {
        double[] differences = random.doubles(n, -1, 2).toArray();
        assertThat(new PairedSample(differences).pValue())
            .isCloseTo(enumerated(differences), within(1e-12));
      }
    }
  }

  @Test
  void sixSeedsInAgreementAreTheFewestThatCount() {
    assertThat(new PairedSample(new double[] {1, 2, 3, 4, 5}).pValue()).isEqualTo(0.0625);
    assertThat(new PairedSample(new double[] {1, 2, 3, 4, 5, 6}).pValue()).isEqualTo(0.03125);
    // Ties, where the normal approximation would promise 0.02.
    assertThat(new PairedSample(new double[] {1, 1, 1, 1, 1}).pValue()).isEqualTo(0.0625);
    assertThat(new PairedSample(new double[] {0, 0, 0}).pValue()).isEqualTo(1);
  }

  @Test
  void pairsThatAreEqualCarryNoSign() {
    assertThat(new PairedSample(new double[] {1, 2, 3, 4, 5, 0}).pValue()).isEqualTo(0.0625);
    assertThat(new PairedSample(new double[] {3, 3, 3, 3, 3, 0}).pValue()).isEqualTo(0.0625);
    double[] fourOfMany = new double[25];
    Arrays.setAll(fourOfMany, i -> i < 4 ? i + 1 : 0);
    assertThat(new PairedSample(fourOfMany).pValue()).isEqualTo(0.125);
    assertThat(new PairedSample(new double[] {0, 0, -2}).pValue()).isEqualTo(1);
  }

  @Test
  void withTiesAndZerosThePValueIsStillTheShareOfSigns() {
    Random random = new Random(13);
    for (int n = 1; n <= 12; n++) {
      for (int i = 0; i < 20; i++) {
        double[] differences = random.ints(n, -2, 4).asDoubleStream().toArray();
        assertThat(new PairedSample(differences).pValue())
            .as(Arrays.toString(differences))
            .isCloseTo(enumeratedWithTies(differences), within(1e-12));
      }
    }
  }

  @Test
  void differencesThatAreEqualButForRoundingAreTies() {
    double[] before = {.7, .7, .7, .7, .7, .7, .6};
    double[] after = {.8, .8, .8, .8, .8, .8, .5};
    PairedSample sample = PairedSample.of(before, after);
    // Of the 128 signs of seven equal ranks, those with at most one that disagrees.
    assertThat(sample.pValue()).isEqualTo(16.0 / 128);
    assertThat(sample.effect()).isCloseTo(5.0 / 7, within(1e-15));
    assertThat(sample.mean()).isCloseTo(0.5 / 7, within(1e-15));
  }

  @Test
  void valuesThatAreEqualButForRoundingDoNotDiffer() {
    double[] sums = {.1 + .2, .1 + .7, -.1 - .2};
    double[] same = {.3, .8, -.3};
    PairedSample sample = PairedSample.of(sums, same);
    assertThat(sample.higher() + sample.lower()).isZero();
    assertThat(sample.pValue()).isEqualTo(1);
    assertThat(sample.effect()).isZero();
  }

  @Test
  void aHugePairDoesNotMakeOthersEqual() {
    double[] before = {1e15, .5, .5, .5, .5, .5, 0};
    double[] after = {3e15, .6, .7, .8, .9, .50001, 1e-20};
    PairedSample sample = PairedSample.of(before, after);
    assertThat(sample.higher()).isEqualTo(7);
    assertThat(sample.pValue()).isEqualTo(2.0 / 128);
  }

  @Test
  void ownAndLibrarysExactPValuesAgreeUpToFiftyPairs() {
    Random random = new Random(17);
    for (int n = 1; n <= 50; n += 7) {
      double[] differences = random.doubles(n, -1, 1.5).toArray();
      assertThat(new SignedRanks(differences).pValue())
          .isCloseTo(new PairedSample(differences).pValue(), within(1e-12));
    }
  }

  @Test
  void theEffectIsTheShareOfRanksForHigherLessTheShareForLower() {
    assertThat(new PairedSample(new double[] {1, 2, 3}).effect()).isEqualTo(1);
    assertThat(new PairedSample(new double[] {-1, -2, -3}).effect()).isEqualTo(-1);
    // Ranks 1, 2, 3, 4: 3 + 4 + 1 for higher, 2 for lower.
    assertThat(new PairedSample(new double[] {1, -2, 3, 4}).effect()).isCloseTo(0.6, within(1e-15));
    assertThat(new PairedSample(new double[] {0, 0}).effect()).isZero();
  }

  @Test
  void theIntervalCoversTheTrueMeanAboutAsOftenAsItSays() {
    Random random = new Random(11);
    int covered = 0;
    for (int i = 0; i < 200; i++) {
      double[] sample = DoubleStream.generate(() -> 3 + random.nextGaussian()).limit(25).toArray();
      ConfidenceInterval interval = new PairedSample(sample).interval();
      assertThat(interval.low()).isLessThan(interval.high());
      covered += interval.low() <= 3 && 3 <= interval.high() ? 1 : 0;
    }
    // 95 % of 200 is 190 with a standard deviation of 3; percentile intervals are a bit short.
    assertThat(covered).isBetween(175, 199);
  }

  @Test
  void seedsThatAreEqualDoNotAgreeWithTheOthers() {
    assertThat(gradients(new double[] {1, 1}, new double[] {2, 1}).isClear()).isFalse();
    assertThat(gradients(new double[] {1, 1}, new double[] {2, 2}).isClear()).isTrue();
    double[] ones = {1, 1, 1, 1, 1, 1, 1};
    // Six of seven: few enough for chance are equal.
    assertThat(gradients(ones, new double[] {2, 3, 4, 5, 6, 7, 1}).isClear()).isTrue();
  }

  private static Comparison gradients(double[] first, double[] second) {
    return compare(result(first, second), RunMeasure.gradientFrom(1, 1));
  }

  @Test
  void theIntervalIsTheSameInWhateverOrderSamplesCome() {
    for (int size : new int[] {3, 25, 200, 201}) {
      double[] sample = new Random(size).doubles(size, -1, 2).toArray();
      double[] bounds =
          Quantile.withDefaults()
              .with(EstimationMethod.HF7)
              .evaluate(resampledMeans(sample), 0.025, 0.975);
      new PairedSample(new double[] {1, 2}).interval();
      for (int again = 0; again < 2; again++) {
        assertThat(new PairedSample(sample).interval())
            .isEqualTo(new ConfidenceInterval(bounds[0], bounds[1]));
      }
    }
  }

  private static double[] resampledMeans(double[] sample) {
    Random random = new Random(1);
    double[] means = new double[10_000];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int j = 0; j < sample.length; j++) {
        sum += sample[random.nextInt(sample.length)];
      }
      means[i] = sum / sample.length;
    }
    return means;
  }

  @Test
  void holmsCorrectionIsThatOfTheTextbook() {
    assertThat(PairwiseComparison.holm(List.of(0.01, 0.04, 0.03, 0.005)))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
        .containsExactly(0.03, 0.06, 0.06, 0.02);
    assertThat(PairwiseComparison.holm(List.of(0.6, 0.7))).containsExactly(1.0, 1.0);
    assertThat(PairwiseComparison.holm(List.of())).isEmpty();
  }

  @Test
  void magnitudesAreComparedByRatio() {
    ExperimentResult result = result(new double[] {1e-9, 1e-7}, new double[] {2e-9, 4e-7});
    Comparison c =
        Comparison.of(
            result,
            result.experiment().arms().get(0),
            result.experiment().arms().get(1),
            RunMeasure.gradientFrom(1, 1));
    assertThat(c.difference()).isCloseTo(Math.log(Math.sqrt(8)), within(1e-12));
    assertThat(ComparisonTable.difference(c)).startsWith("×2.83 [2.00, 4.00]");
  }

  @Test
  void aMeasureThatARunDoesNotHaveIsLeftOut() {
    ExperimentResult result = result(new double[] {0, 1e-7}, new double[] {2e-9, 4e-7});
    List<RunResult> runs = new ArrayList<>(result.runs());
    Comparison gradients = compare(result, RunMeasure.gradientFrom(1, 1));
    assertThat(gradients.pairs()).isEqualTo(1);
    assertThat(gradients.leftOut()).isEqualTo(1);
    assertThat(ComparisonTable.pairs(List.of(new PairwiseComparison(gradients, 1))).text())
        .contains(
            "higher in 1, lower in 0 of 1, 1 left out",
            "Left out, as there is no ratio: 1 pair of runs");
    assertThat(ExperimentVerdict.of(result))
        .anyMatch(s -> s.contains("(higher in 1 of 1 seed; 1 more is left out, with a value of 0"));
    ExperimentResult vanished = result(new double[] {0, 0}, new double[] {2e-9, 4e-7});
    assertThat(ExperimentVerdict.of(vanished))
        .contains(
            "In epoch 1, the mean absolute gradients have no ratio: one of them is 0 with"
                + " every seed.");
    assertThat(compare(result, RunMeasure.accuracyFrom(3, 4)).leftOut()).isZero();
    assertThat(compare(result, RunMeasure.accuracyFrom(3, 4)).pairs()).isZero();
    runs.set(
        0,
        new RunResult(
            runs.get(0).run(), RunOutcome.Failed.of(new IllegalStateException("x")), List.of()));
    ExperimentResult failed = new ExperimentResult(result.experiment(), runs);
    assertThat(compare(failed, RunMeasure.FINAL_ACCURACY).pairs()).isEqualTo(1);
  }

  @Test
  void theTablesShowEveryArmAndEveryPair() {
    ExperimentResult result =
        Examples.curves(Examples.experiment(List.of("tanh", "scaled", "relu"), 1L, 2L, 3L), 12);
    String arms = ComparisonTable.arms(result, List.of(0.2, 0.9)).text();
    assertThat(arms.lines().toList())
        .hasSize(5)
        .satisfies(lines -> assertThat(lines.get(0)).contains("epochs to 20 %", "epochs to 90 %"))
        .satisfies(lines -> assertThat(lines.get(1)).contains("– (0 of 3 runs)"));
    List<PairwiseComparison> all = PairwiseComparison.all(result);
    assertThat(all).hasSize(3 * PairwiseComparison.measures(result).size());
    assertThat(ComparisonTable.pairs(all).text())
        .contains("“scaled” − “tanh”", "“relu” − “tanh”", "“relu” − “scaled”");
  }

  private static Comparison compare(ExperimentResult result, RunMeasure measure) {
    return Comparison.of(
        result, result.experiment().arms().get(0), result.experiment().arms().get(1), measure);
  }

  /** Two-sided, over all 2ⁿ signs; the ranks of distinct absolute values. */
  private static double enumerated(double[] differences) {
    int n = differences.length;
    double[] sorted = Arrays.stream(differences).map(Math::abs).sorted().toArray();
    int observed = 0;
    for (double d : differences) {
      observed += d > 0 ? 1 + Arrays.binarySearch(sorted, d) : 0;
    }
    int centre2 = n * (n + 1) / 2;
    int extreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      int w = 0;
      for (int rank = 1; rank <= n; rank++) {
        w += (signs >> (rank - 1) & 1) * rank;
      }
      extreme += Math.abs(2 * w - centre2) >= Math.abs(2 * observed - centre2) ? 1 : 0;
    }
    return (double) extreme / (1 << n);
  }

  /** The same where absolute values are equal or zero: of shared ranks the mean. */
  private static double enumeratedWithTies(double[] differences) {
    double[] sizes = Arrays.stream(differences).map(Math::abs).sorted().toArray();
    double[] ranks =
        Arrays.stream(differences)
            .filter(d -> d != 0)
            .map(
                d ->
                    IntStream.range(0, sizes.length)
                        .filter(i -> sizes[i] == Math.abs(d))
                        .average()
                        .orElseThrow())
            .map(place -> place + 1)
            .toArray();
    double[] signed = Arrays.stream(differences).filter(d -> d != 0).toArray();
    double observed = 0;
    for (int i = 0; i < signed.length; i++) {
      observed += Math.signum(signed[i]) * ranks[i];
    }
    int extreme = 0;
    for (int signs = 0; signs < 1 << signed.length; signs++) {
      double w = 0;
      for (int i = 0; i < ranks.length; i++) {
        w += (signs >> i & 1) == 1 ? ranks[i] : -ranks[i];
      }
      extreme += Math.abs(w) >= Math.abs(observed) ? 1 : 0;
    }
    return (double) extreme / (1 << signed.length);
  }

  /** One epoch a run, with the given gradients. */
  private static ExperimentResult result(double[] first, double[] second) {
    Long[] seeds = LongStream.rangeClosed(1, first.length).boxed().toArray(Long[]::new);
    Experiment experiment = Examples.experiment(List.of("a", "b"), seeds);
    List<RunResult> runs = new ArrayList<>();
    for (int arm = 0; arm < 2; arm++) {
      for (int i = 0; i < seeds.length; i++) {
        Run run = new Run(experiment.arms().get(arm), seeds[i]);
        double gradient = (arm == 0 ? first : second)[i];
        runs.add(Examples.finished(run, Examples.epoch(1, 0.1, gradient)));
      }
    }
    return new ExperimentResult(experiment, runs);
  }
}
