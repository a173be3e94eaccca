package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.claim.Claim;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.ClaimVerdict;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.train.EpochRecord;

class PaperClaimsTest {

  /** How an arm goes: accuracy and gradient by epoch, with some noise by seed. */
  private interface Course {
    EpochRecord at(int epoch, double noise);
  }

  private static final Course FLAT = (epoch, noise) -> Examples.epoch(epoch, 0.1 + noise, 1e-4);

  @Test
  void idsAreUniqueAndEveryExperimentOfThePaperHasClaims() {
    List<String> ids = PaperSpecs.SERIES.claims().stream().map(Claim::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(PaperSpecs.SERIES.claims())
        .allSatisfy(c -> assertThat(c.id()).startsWith(c.experiment() + "."));
    assertThat(PaperSpecs.SERIES.claims().stream().map(Claim::experiment).distinct())
        .containsExactlyInAnyOrder("figure1", "figure2", "figure3", "figure4", "table4");
  }

  @Test
  void whatThePaperDescribesIsReproduced() {
    Course penalty =
        (epoch, noise) ->
            Examples.epoch(epoch, (epoch <= 10 ? 0.1 : 0.25) + noise, epoch <= 5 ? 1e-2 : 1e-3);
    assertThat(verdicts(result("figure1", 6, 20, FLAT, penalty)))
        .containsOnly(ClaimVerdict.HOLDS)
        .hasSize(5);
    Course scaled = (epoch, noise) -> Examples.epoch(epoch, 0.15 + 0.01 * epoch + noise, 3e-4);
    assertThat(verdicts(result("figure2", 6, 20, FLAT, scaled)))
        .containsOnly(ClaimVerdict.HOLDS)
        .hasSize(4);
    assertThat(verdicts(result("figure3", 6, 5, scaled, shifted(scaled, 2), FLAT, FLAT)))
        .containsOnly(ClaimVerdict.HOLDS)
        .hasSize(4);
  }

  @Test
  void noDifferenceIsNotReproduced() {
    List<JudgedClaim> findings = PaperSpecs.SERIES.judge(result("figure2", 6, 20, FLAT, FLAT));
    assertThat(verdict(findings, "figure2.gradients")).isEqualTo(ClaimVerdict.FAILS);
    assertThat(verdict(findings, "figure2.accuracy")).isEqualTo(ClaimVerdict.FAILS);
    assertThat(verdict(findings, "figure2.no-explosion")).isEqualTo(ClaimVerdict.HOLDS);
  }

  @Test
  void fewSeedsOrEpochsLeaveAClaimUndecided() {
    Course better = shifted(FLAT, 0.5);
    assertThat(verdicts(result("figure2", 5, 20, FLAT, better)))
        .containsOnly(ClaimVerdict.UNDECIDED);
    List<JudgedClaim> early = PaperSpecs.SERIES.judge(result("figure1", 6, 10, FLAT, better));
    assertThat(verdict(early, "figure1.accuracy")).isEqualTo(ClaimVerdict.UNDECIDED);
    assertThat(early.get(1).evidence()).startsWith("No seed finished with both");
  }

  @Test
  void scatterThatHidesTheDirectionLeavesAClaimUndecided() {
    Course scattered = (epoch, noise) -> Examples.epoch(epoch, 0.12 + 60 * noise, 1e-4);
    List<JudgedClaim> findings = PaperSpecs.SERIES.judge(result("figure2", 6, 20, FLAT, scattered));
    assertThat(verdict(findings, "figure2.accuracy")).isEqualTo(ClaimVerdict.UNDECIDED);
  }

  @Test
  void aRunThatDivergesIsAnExplosionAndAGradientThatStillGrowsMayBeOne() {
    Course grows = (epoch, noise) -> Examples.epoch(epoch, 0.1, epoch <= 10 ? 1e-4 : 2e-3);
    List<JudgedClaim> findings = PaperSpecs.SERIES.judge(result("figure2", 6, 20, FLAT, grows));
    assertThat(verdict(findings, "figure2.no-explosion")).isEqualTo(ClaimVerdict.UNDECIDED);
    assertThat(findings.get(3).evidence()).contains("at most 20 times that of the middle one");

    ExperimentResult result = result("figure2", 6, 20, FLAT, FLAT);
    List<RunResult> runs = new ArrayList<>(result.runs());
    RunResult last = runs.get(11);
    runs.set(11, new RunResult(last.run(), new RunOutcome.Diverged(1, 9), List.of()));
    assertThat(
            verdict(
                PaperSpecs.SERIES.judge(new ExperimentResult(result.experiment(), runs)),
                "figure2.no-explosion"))
        .isEqualTo(ClaimVerdict.FAILS);
  }

  @Test
  void aGradientThatRecoversLateIsNoExplosionIfItDoesSoWithoutTheRemedyToo() {
    Course late = (epoch, noise) -> Examples.epoch(epoch, 0.1, epoch <= 15 ? 1e-11 : 2e-2);
    List<JudgedClaim> findings = PaperSpecs.SERIES.judge(result("figure2", 6, 20, late, late));
    assertThat(verdict(findings, "figure2.no-explosion")).isEqualTo(ClaimVerdict.HOLDS);
  }

  @Test
  void aGradientThatHadVanishedMayGrowByManyDecades() {
    Course vanished = (epoch, noise) -> Examples.epoch(epoch, 0.1, epoch == 1 ? 1e-11 : 2e-2);
    List<JudgedClaim> findings =
        PaperSpecs.SERIES.judge(result("figure2", 6, 20, vanished, vanished));
    assertThat(verdict(findings, "figure2.no-explosion")).isEqualTo(ClaimVerdict.HOLDS);
  }

  @Test
  void reluMustBeWorseThanBothOthersToBeTheWorst() {
    Course good = (epoch, noise) -> Examples.epoch(epoch, 0.4 + noise, 1e-3);
    List<JudgedClaim> findings =
        PaperSpecs.SERIES.judge(result("figure3", 6, 5, FLAT, good, good, FLAT));
    assertThat(verdict(findings, "figure3.relu")).isEqualTo(ClaimVerdict.FAILS);
  }

  @Test
  void anExperimentOfSomebodyElseHasNoClaims() {
    Experiment own = Examples.experiment(List.of("tanh", "tanh, α = 2"), 1L, 2L, 3L, 4L, 5L, 6L);
    Experiment named = new Experiment("figure2", own.title(), own.data(), own.arms());
    assertThat(PaperSpecs.SERIES.judge(result(named, FLAT, FLAT))).isEmpty();
    assertThat(ClaimText.of(DataDescription.of(Examples.data()), List.of(), 200, true).parts())
        .isEmpty();
    assertThat(ClaimText.summary(List.of())).isEmpty();
  }

  @Test
  void theTableOfRuntimesStandsBesideThePapers() {
    String table =
        RuntimeTable.of(result("table4", 6, 2, FLAT, FLAT, FLAT, FLAT)).orElseThrow().text();
    assertThat(table)
        .contains("1385.2 s  ×1.31 (+31.0 %)", "×1.00 [1.00, 1.00]", "×1.36 (+35.7 %)");
    assertThat(verdicts(result("table4", 6, 2, FLAT, FLAT, FLAT, FLAT)))
        .containsOnly(ClaimVerdict.HOLDS)
        .hasSize(2);
  }

  @Test
  void everyFindingIsPrintedWithItsEvidence() {
    List<JudgedClaim> findings = PaperSpecs.SERIES.judge(result("figure2", 6, 20, FLAT, FLAT));
    assertThat(ClaimText.summary(findings))
        .startsWith("The paper's claims: ")
        .contains(" not reproduced");
    assertThat(
            ClaimText.of(DataDescription.of(Examples.data()), findings, 500, true)
                .toString()
                .lines())
        .hasSize(9)
        .startsWith("The paper's claims, which are about CIFAR-10, on made-up dots:")
        .anyMatch(line -> line.startsWith("not reproduced  figure2: with α = 2,"));
    assertThat(
            ClaimText.of(DataDescription.of(Examples.data()), findings, 80, true)
                .toString()
                .lines())
        .allMatch(line -> line.length() <= 80);
  }

  private static Course shifted(Course course, double shift) {
    return (epoch, noise) -> {
      EpochRecord record = course.at(epoch, noise);
      double gradient = 3e-4 * shift;
      return Examples.epoch(epoch, record.testAccuracy() + 0.05 * shift, gradient);
    };
  }

  private static List<ClaimVerdict> verdicts(ExperimentResult result) {
    return PaperSpecs.SERIES.judge(result).stream().map(JudgedClaim::verdict).toList();
  }

  private static ClaimVerdict verdict(List<JudgedClaim> findings, String id) {
    return findings.stream()
        .filter(f -> f.claim().id().equals(id))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private static ExperimentResult result(String name, int seeds, int epochs, Course... courses) {
    return result(paper(PaperSpecs.spec(name), seeds, epochs), courses);
  }

  private static Experiment paper(ExperimentSpec spec, int seeds, int epochs) {
    return spec.with(Overrides.runs(ArmSpec.seeds(seeds), epochs))
        .experiment(PaperSpecsTest.data(3, 32));
  }

  /**
   * @param courses one for each arm
   */
  private static ExperimentResult result(Experiment experiment, Course... courses) {
    List<RunResult> runs = new ArrayList<>();
    for (int i = 0; i < courses.length; i++) {
      Arm arm = experiment.arms().get(i);
      for (long seed : arm.seeds()) {
        Random random = new Random(17 * seed + i);
        List<EpochRecord> records = new ArrayList<>();
        for (int epoch = 1; epoch <= arm.epochs(); epoch++) {
          records.add(courses[i].at(epoch, 0.001 * random.nextGaussian()));
        }
        runs.add(new RunResult(new Run(arm, seed), new RunOutcome.Finished(), records));
      }
    }
    return new ExperimentResult(experiment, runs);
  }
}
