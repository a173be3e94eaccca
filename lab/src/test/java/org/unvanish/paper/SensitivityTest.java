package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.unvanish.claim.ClaimVerdict;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.paper.Sensitivity.Change;
import org.unvanish.paper.Sensitivity.Judged;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.train.EpochRecord;

class SensitivityTest {

  private static final Reading BATCH_64 = reading("batch-64");
  private static final Reading GLOROT = reading("glorot");
  private static final Reading LOG_SIGMOID = reading("log-sigmoid");

  @Test
  void eachReadingChangesTheFiguresThatItIsAboutAndNoOther() {
    Map<String, List<String>> changed = new LinkedHashMap<>();
    for (Reading reading : Reading.OTHERS) {
      changed.put(
          reading.name(),
          Sensitivity.FIGURES.stream()
              .filter(name -> reading.changes(PaperSpecs.spec(name)))
              .map(name -> name.replace("figure", ""))
              .toList());
    }
    List<String> all = List.of("1", "2", "3", "4");
    assertThat(changed)
        .containsEntry("batch-64", all)
        .containsEntry("batch-128", all)
        .containsEntry("plain-convolutions", List.of("1"))
        .containsEntry("dense-biases", List.of("2", "3", "4"))
        .containsEntry("no-biases", List.of("1"))
        .containsEntry("keras-l2", List.of("1", "3", "4"))
        .containsEntry("standardised-pixels", all)
        .containsEntry("raw-pixels", all)
        .containsEntry("epsilon-1e-7", all)
        .containsEntry("keras-epsilon", all)
        .containsEntry("log-sigmoid", List.of("4"))
        .containsEntry("glorot", all)
        .hasSize(12);
    assertThat(Sensitivity.FIGURES).noneMatch(f -> Reading.BASE.changes(PaperSpecs.spec(f)));
  }

  @Test
  void underEachReadingAFigureIsStillThePapersWithItsArmsByTheirNames() {
    for (Reading reading : Reading.OTHERS) {
      for (String figure : Sensitivity.FIGURES) {
        Experiment experiment =
            PaperSpecs.spec(figure).with(reading.change()).experiment(PaperSpecsTest.data(3, 32));
        assertThat(PaperSpecs.SERIES.find(experiment))
            .as(reading.name())
            .hasValueSatisfying(
                found -> {
                  assertThat(found.name()).isEqualTo(figure);
                  assertThat(found.arms().keySet())
                      .containsExactlyElementsOf(
                          experiment.arms().stream().map(Arm::name).toList());
                });
      }
    }
  }

  @Test
  void aVerdictIsKeptReversedLostOrWonAndOfTheSameRunsTheBases() {
    Sensitivity result =
        sensitivity(
            Map.of(
                Reading.BASE,
                figure2(Reading.BASE, 6, 0.05, 0),
                BATCH_64,
                figure2(BATCH_64, 6, 0, 0),
                GLOROT,
                figure2(GLOROT, 6, 0.05, 0.3)),
            Reading.BASE,
            BATCH_64,
            GLOROT,
            LOG_SIGMOID);
    assertThat(result.base().findings())
        .extracting(one -> one.claim().id())
        .containsExactly(
            "figure2.gradients", "figure2.accuracy", "figure2.immediate", "figure2.no-explosion");
    assertThat(result.base().changes()).containsOnly(Change.KEPT);
    assertThat(changes(result, BATCH_64))
        .containsExactly(Change.KEPT, Change.REVERSED, Change.REVERSED, Change.KEPT);
    assertThat(changes(result, GLOROT))
        .containsExactly(Change.KEPT, Change.UNDECIDED, Change.UNDECIDED, Change.KEPT);
    assertThat(changes(result, LOG_SIGMOID)).containsOnly(Change.SAME_RUNS);
    assertThat(new SensitivityText(result).conclusion())
        .containsExactly(
            "These assumptions reverse verdicts: batch size 64 (2 of 4).",
            "2 of 4 claims have the same verdict under all 4 readings.",
            "2 verdicts are undecided in the base or under a reading, not in both: more seeds may"
                + " decide.");
    assertThat(new SensitivityText(result).text(80).toString())
        .startsWith("The paper's claims under 4 readings, on plain squares, 6 seeds, 4 epochs")
        .contains(
            """
            claim                 base  1   2   3
            figure2.gradients     −     −   −   =
            figure2.accuracy      +     −*  ?*  =
            figure2.immediate     +     −*  ?*  =
            figure2.no-explosion  +     +   +   =
            """)
        .contains("1   batch-64 (batch size 64): reverses figure2.accuracy, figure2.immediate.\n")
        .contains("3   log-sigmoid (log σ for “logsigmoid”): all verdicts as in the base.\n");
  }

  @Test
  void aRunThatDivergesReversesWhatIsSaidOfExplosions() {
    ExperimentResult whole = figure2(GLOROT, 6, 0.05, 0);
    List<RunResult> runs = new ArrayList<>(whole.runs());
    RunResult last = runs.get(11);
    runs.set(11, new RunResult(last.run(), new RunOutcome.Diverged(1, 9), List.of()));
    Sensitivity result =
        sensitivity(
            figure2(Reading.BASE, 6, 0.05, 0), new ExperimentResult(whole.experiment(), runs));
    assertThat(changes(result, GLOROT).get(3)).isEqualTo(Change.REVERSED);
    assertThat(result.base().findings().get(3).comparison()).isEmpty();
    assertThat(result.base().findings().get(1).comparison())
        .hasValueSatisfying(c -> assertThat(c.pairs()).isEqualTo(6));
  }

  @Test
  void withFewerThanSixSeedsItIsSaidThatNothingIsDecided() {
    Sensitivity result = sensitivity(figure2(Reading.BASE, 5, 0.05, 0), figure2(GLOROT, 5, 0, 0));
    assertThat(result.base().findings())
        .extracting(JudgedClaim::verdict)
        .containsOnly(ClaimVerdict.UNDECIDED);
    assertThat(new SensitivityText(result).conclusion())
        .containsExactly(
            "No claim is decided: a verdict needs 6 seeds, and there are 5. Give --seeds 6.");
    assertThat(new SensitivityText(result).changes(result.others().get(0)))
        .isEqualTo("no verdict with so few seeds");
  }

  @Test
  void whereNoVerdictIsReversedThatIsSaidFirst() {
    Sensitivity result =
        sensitivity(figure2(Reading.BASE, 6, 0.05, 0), figure2(GLOROT, 6, 0.06, 0));
    assertThat(new SensitivityText(result).conclusion())
        .containsExactly(
            "No assumption decides a claim: no other reading reverses a verdict.",
            "4 of 4 claims have the same verdict under all 2 readings.");
  }

  private static Reading reading(String name) {
    return Reading.OTHERS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void theBaseAloneComparesNothing() {
    ExperimentResult figure =
        new ExperimentResult(
            PaperSpecs.spec("figure2").experiment(PaperSpecsTest.data(3, 32)), List.of());
    Sensitivity result = sensitivity(Map.of(Reading.BASE, figure), Reading.BASE);
    assertThat(new SensitivityText(result).conclusion())
        .containsExactly("Only the base has been trained so far: there is nothing to compare yet.");
  }

  private static List<Change> changes(Sensitivity result, Reading reading) {
    return result.others().stream()
        .filter(judged -> judged.reading().equals(reading))
        .findFirst()
        .map(Judged::changes)
        .orElseThrow();
  }

  private static Sensitivity sensitivity(ExperimentResult base, ExperimentResult glorot) {
    return sensitivity(Map.of(Reading.BASE, base, GLOROT, glorot), Reading.BASE, GLOROT);
  }

  private static Sensitivity sensitivity(
      Map<Reading, ExperimentResult> results, Reading... readings) {
    Map<Reading, List<JudgedClaim>> findings = new LinkedHashMap<>();
    for (Reading reading : readings) {
      findings.put(
          reading,
          results.containsKey(reading) ? PaperSpecs.SERIES.judge(results.get(reading)) : List.of());
    }
    return Sensitivity.of(Objects.requireNonNull(results.get(Reading.BASE)).experiment(), findings);
  }

  /**
   * Figure 2 where α = 2 gains some accuracy, and the gradients are equal.
   *
   * @param scatter of the gain from seed to seed
   */
  private static ExperimentResult figure2(Reading reading, int seeds, double gain, double scatter) {
    Experiment experiment =
        PaperSpecs.spec("figure2")
            .with(Overrides.runs(ArmSpec.seeds(seeds), 4))
            .with(reading.change())
            .experiment(PaperSpecsTest.data(3, 32));
    List<RunResult> runs = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      boolean scaled = arm.equals(experiment.arms().get(1));
      for (long seed : arm.seeds()) {
        double own = gain + (seed % 2 == 0 ? scatter : -scatter);
        List<EpochRecord> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= 4; epoch++) {
          epochs.add(Examples.epoch(epoch, 0.4 + (scaled ? own : 0) + 0.0001 * seed, 1e-3));
        }
        runs.add(new RunResult(new Run(arm, seed), new RunOutcome.Finished(), epochs));
      }
    }
    return new ExperimentResult(experiment, runs);
  }
}
