package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Score;

class ExperimentConclusionTest {

  private static final double[] LOW = {.70, .71, .72, .73, .74, .75, .76, .77};
  private static final double[] HIGH = {.90, .91, .92, .93, .94, .95, .96, .97};
  private static final double[] HIGHER = {.91, .92, .93, .92, .93, .96, .95, .97};

  @Test
  void theWinnerComesFirstThenHowItStandsAgainstTheFirstArm() {
    ExperimentConclusion conclusion = conclusion(result(LOW, HIGH, HIGHER), Optional.empty());
    assertThat(conclusion.best().map(Arm::name)).hasValue("arm 3");
    assertThat(conclusion.sentences()).hasSize(4);
    assertThat(conclusion.sentences().get(0)).startsWith("No clear winner: “arm 3”");
    assertThat(conclusion.sentences().subList(1, 4))
        .containsExactly(
            "Add seeds to be sure.",
            "It ends 20.1 points above “arm 1”, the first arm.",
            "Its mean gradient in epoch 1 is 3.00 times that of “arm 1”.");
  }

  @Test
  void aClearWinnerNeedsNoMoreSeeds() {
    ExperimentConclusion conclusion = conclusion(result(LOW, HIGH), Optional.empty());
    assertThat(conclusion.sentences().get(0)).startsWith("“arm 2” has the best");
    assertThat(conclusion.sentences()).noneMatch(sentence -> sentence.contains("Add seeds"));
  }

  @Test
  void oneSeedShowsNoDifferenceFromTheFirstArmNorBetweenGradients() {
    double[][] once = {{.70}, {.90}, {.92}};
    assertThat(conclusion(result(once), Optional.empty()).sentences().subList(1, 3))
        .containsExactly(
            "Add seeds to be sure.",
            "It ends 22.0 points above “arm 1”, the first arm, which is no clear difference.");
    assertThat(conclusion(result(once), Optional.empty()).sentences()).hasSize(3);
  }

  /** Six seeds that agree: p = 0.031 alone, and 0.094 as the first of three pairs. */
  @Test
  void theDifferenceFromTheFirstArmIsOneOfMany() {
    double[] low = {.70, .71, .72, .73, .74, .75};
    double[] high = {.91, .92, .93, .94, .95, .96};
    double[] next = {.90, .91, .92, .93, .94, .95};
    assertThat(conclusion(result(low, high, next), Optional.empty()).sentences())
        .contains(
            "It ends 21.0 points above “arm 1”, the first arm, which is no clear difference.",
            "Its mean gradient in epoch 1 is 2.00 times that of “arm 1”.");
  }

  @Test
  void whatIsNoBetterThanChanceHasNoWinner() {
    double[] guesses = {.50, .52, .48, .51};
    assertThat(conclusion(result(guesses, guesses), Optional.empty()).sentences())
        .containsExactly(
            "Nothing is learned: the best mean test accuracy, 50.2 %, is no better than chance"
                + " (50.0 %).");
  }

  @Test
  void theTestDatasConstantAnswerSaysWhatChanceIsWhereItIsKnown() {
    ConstantPredictor constant =
        new ConstantPredictor(Map.of(Score.ACCURACY.key(), new ConstantPredictor.Bar(.95, .96)));
    assertThat(conclusion(result(LOW, HIGH), Optional.of(constant)).sentences().get(0))
        .startsWith("Nothing is learned:")
        .endsWith("chance (95.0 %).");
  }

  @Test
  void guessesAmongClassesAreKnownForAccuracyAndLoss() {
    assertThat(ChanceLevel.of(result(LOW).experiment(), Optional.empty()))
        .containsExactly(
            new ChanceLevel("loss", StrictMath.log(2)), new ChanceLevel("accuracy", 0.5));
  }

  @Test
  void runsThatAreOpenAreSaidToBe() {
    ExperimentResult all = result(LOW, HIGH);
    List<RunResult> runs = new ArrayList<>(all.runs());
    runs.set(0, new RunResult(runs.get(0).run(), new RunOutcome.Interrupted(), List.of()));
    assertThat(
            conclusion(new ExperimentResult(all.experiment(), runs), Optional.empty()).sentences())
        .endsWith("This is how it stands after 15 of 16 runs.");
  }

  @Test
  void beforeAnyRunFinishedNothingIsConcluded() {
    ExperimentResult all = result(LOW, HIGH);
    List<RunResult> runs =
        all.runs().stream()
            .map(run -> new RunResult(run.run(), new RunOutcome.Interrupted(), List.of()))
            .toList();
    ExperimentConclusion none =
        conclusion(new ExperimentResult(all.experiment(), runs), Optional.empty());
    assertThat(none.sentences()).isEmpty();
    assertThat(none.best()).isEmpty();
  }

  /** As R² is where all test targets are the same. */
  @Test
  void whereTheScoreIsUnknownNobodyWins() {
    double[] unknown = {Double.NaN, Double.NaN};
    ExperimentResult result = result(unknown, unknown);
    assertThat(WinnerText.of(result))
        .isEqualTo(
            "No winner: the final test accuracy is unknown. Test on targets that differ, or compare"
                + " the losses.");
    assertThat(conclusion(result, Optional.empty()).sentences()).isEmpty();
  }

  private static ExperimentConclusion conclusion(
      ExperimentResult result, Optional<ConstantPredictor> constant) {
    return ExperimentConclusion.of(result, PairwiseComparison.all(result), constant);
  }

  /**
   * Two epochs a run; the second has the given accuracy, the first the arm's number as gradient.
   */
  private static ExperimentResult result(double[]... accuracies) {
    Long[] seeds = LongStream.rangeClosed(1, accuracies[0].length).boxed().toArray(Long[]::new);
    List<String> names = new ArrayList<>();
    for (int arm = 1; arm <= accuracies.length; arm++) {
      names.add("arm " + arm);
    }
    Experiment small = Examples.experiment(names, seeds);
    DataDescription d = small.data();
    Experiment experiment =
        new Experiment(
            small.name(),
            small.title(),
            new DataDescription(
                d.name(), d.title(), d.sha256(), d.shape(), d.classes(), d.trainSamples(), 1000),
            small.arms());
    List<RunResult> runs = new ArrayList<>();
    for (int arm = 0; arm < accuracies.length; arm++) {
      for (int i = 0; i < seeds.length; i++) {
        Run run = new Run(experiment.arms().get(arm), seeds[i]);
        runs.add(
            Examples.finished(
                run, Examples.epoch(1, 0.1, arm + 1), Examples.epoch(2, accuracies[arm][i], 0.5)));
      }
    }
    return new ExperimentResult(experiment, runs);
  }
}
