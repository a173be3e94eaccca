package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;

class ExperimentVerdictTest {

  @Test
  void aDifferenceInAllSeedsIsStated() {
    double[] tanh = {.20, .21, .22, .23, .24, .25};
    double[] scaled = {.25, .26, .25, .28, .27, .28};
    assertThat(ExperimentVerdict.of(result(tanh, scaled)))
        .containsExactly(
            "“scaled” ends 4.0 points above “tanh” in test accuracy (higher in 6 of 6 seeds).",
            "Averaged over the epochs, the test accuracy of “scaled” is 2.0 points higher (higher in 6"
                + " of 6 seeds).",
            "In epoch 1, the mean absolute gradient of “scaled” is larger: 2.7e-03 against 2.3e-03"
                + " (higher in 6 of 6 seeds).",
            "Averaged over the epochs, the mean absolute gradient of “scaled” is larger: 2.5e-01"
                + " against 2.5e-01 (higher in 6 of 6 seeds).");
    assertThat(ExperimentVerdict.of(result(scaled, tanh)).get(0))
        .isEqualTo(
            "“scaled” ends 4.0 points below “tanh” in test accuracy (lower in 6 of 6 seeds).");
  }

  @Test
  void numbersAreTheSameInEveryLanguage() {
    double[] tanh = {.20, .21, .22, .23, .24, .25};
    double[] scaled = {.25, .26, .25, .28, .27, .28};
    List<String> english = texts(result(tanh, scaled));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(texts(result(tanh, scaled))).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<String> texts(ExperimentResult result) {
    List<String> texts = new ArrayList<>(ExperimentVerdict.of(result));
    texts.add(RunMeasure.accuracyFrom(1, 10).key());
    return texts;
  }

  @Test
  void mixedSeedsShowNoClearDifference() {
    double[] tanh = {.20, .21, .22, .23, .24, .25};
    double[] scaled = {.26, .27, .28, .29, .23, .24};
    assertThat(ExperimentVerdict.of(result(tanh, scaled)))
        .containsExactly(
            "No clear difference in final test accuracy between “scaled” and “tanh”: 3.7 points"
                + " apart (higher in 4 of 6 seeds).",
            "Averaged over the epochs, the test accuracies show no clear difference: 1.8 points apart"
                + " (higher in 4 of 6 seeds).",
            "In epoch 1, the mean absolute gradients show no clear difference: 2.6e-03 against"
                + " 2.3e-03 (higher in 4 of 6 seeds).",
            "Averaged over the epochs, the mean absolute gradients show no clear difference: 2.5e-01"
                + " against 2.5e-01 (higher in 4 of 6 seeds).");
  }

  @Test
  void equalArmsShowNoClearDifference() {
    double[] same = {.2, .3};
    assertThat(ExperimentVerdict.of(result(same, same)).get(0))
        .startsWith("No clear difference")
        .contains("0.0 points apart (higher in 0 of 2 seeds)");
  }

  @Test
  void fewSeedsInAgreementAreCalledFew() {
    assertThat(ExperimentVerdict.of(result(new double[] {.2, .2}, new double[] {.3, .3})).get(0))
        .endsWith("(higher in 2 of 2 seeds; so few may agree by chance).");
  }

  @Test
  void oneExceptionAmongManySeedsDoesNotHideADifference() {
    double[] tanh = new double[25];
    double[] scaled = new double[25];
    for (int i = 0; i < 25; i++) {
      tanh[i] = 0.2;
      scaled[i] = i == 0 ? 0.1 : 0.3;
    }
    assertThat(ExperimentVerdict.of(result(tanh, scaled)).get(0))
        .isEqualTo(
            "“scaled” ends 9.2 points above “tanh” in test accuracy (higher in 24 of 25 seeds).");
  }

  @Test
  void divergedRunsAreNamedAndNotCompared() {
    ExperimentResult all = result(new double[] {.2, .2}, new double[] {.3, .3});
    List<RunResult> runs = new ArrayList<>(all.runs());
    runs.set(3, new RunResult(runs.get(3).run(), new RunOutcome.Diverged(2, 7), List.of()));
    assertThat(ExperimentVerdict.of(new ExperimentResult(all.experiment(), runs)))
        .anySatisfy(s -> assertThat(s).contains("higher in 1 of 1 seed;"))
        .endsWith("1 of 4 runs diverged: “scaled with seed 2” (in epoch 2 at step 7).");
  }

  @Test
  void armsWithoutACommonFinishedSeedAreNotCompared() {
    ExperimentResult all = result(new double[] {.2}, new double[] {.3});
    List<RunResult> runs = new ArrayList<>(all.runs());
    runs.set(0, new RunResult(runs.get(0).run(), new RunOutcome.Interrupted(), List.of()));
    ExperimentResult result = new ExperimentResult(all.experiment(), runs);
    assertThat(ExperimentVerdict.of(result))
        .containsExactly(
            "No seed finished with both “tanh” and “scaled”, so they cannot be compared.",
            "1 of 2 runs unfinished: “tanh with seed 1”.");
    assertThat(ResultTable.of(result).text()).contains("1 unfinished  –");
  }

  @Test
  void theTableShowsFinalAccuraciesAndFirstGradients() {
    ExperimentResult result = result(new double[] {.20, .22, .24}, new double[] {.30, .32, .34});
    assertThat(ResultTable.of(result).text())
        .isEqualTo(
            """
            arm     runs        test accuracy        training accuracy    gradient in epoch 1
            tanh    3 finished  22.0 % [21.0, 23.0]  23.0 % [22.0, 24.0]  2.2e-03 [2.1e-03, 2.3e-03]
            scaled  3 finished  32.0 % [31.0, 33.0]  33.0 % [32.0, 34.0]  3.2e-03 [3.1e-03, 3.3e-03]
            Mean over the seeds [25 % and 75 % quantile].
            """);
  }

  @Test
  void whereNetworksDifferInSizeTheTableShowsWhatTheyCost() {
    Arm small = Examples.arm("small", 1L);
    Network wide = new Network(Shape.flat(2), List.of(new Dense(2000, false), new Dense(2, false)));
    Arm large = new Arm("large", wide, small.settings(), List.of(1L));
    Experiment experiment =
        new Experiment("sizes", "Sizes", Examples.data(), List.of(small, large));
    List<RunResult> runs =
        experiment.runs().stream()
            .map(run -> Examples.finished(run, Examples.epoch(1, 0.2, 0.01)))
            .toList();
    assertThat(ResultTable.of(new ExperimentResult(experiment, runs)).text())
        .containsPattern("gradient in epoch 1 +parameters  time of an epoch\n")
        .containsPattern("small .*  4 +1.25 s\n")
        .containsPattern("large .*  8,000 +1.25 s\n")
        .endsWith("Times are medians, rough where runs shared the machine.\n");
  }

  /** Two epochs a run; the second has the given accuracy, the first a hundredth as gradient. */
  private static ExperimentResult result(double[] tanh, double[] scaled) {
    Long[] seeds = LongStream.rangeClosed(1, tanh.length).boxed().toArray(Long[]::new);
    Experiment experiment = Examples.experiment(List.of("tanh", "scaled"), seeds);
    List<RunResult> runs = new ArrayList<>();
    for (int arm = 0; arm < 2; arm++) {
      double[] accuracies = arm == 0 ? tanh : scaled;
      for (int i = 0; i < seeds.length; i++) {
        Run run = new Run(experiment.arms().get(arm), seeds[i]);
        runs.add(
            Examples.finished(
                run,
                Examples.epoch(1, 0.1, accuracies[i] / 100),
                Examples.epoch(2, accuracies[i], 0.5)));
      }
    }
    return new ExperimentResult(experiment, runs);
  }
}
