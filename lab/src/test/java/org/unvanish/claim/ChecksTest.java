package org.unvanish.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unvanish.claim.Checks.identical;
import static org.unvanish.claim.Checks.notBelow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.unvanish.claim.Claim.Check;
import org.unvanish.comparison.Examples;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.EpochRecord;

/** Checks that the paper's claims do not use; PaperClaimsTest has the others. */
class ChecksTest {

  private static final Check NOT_BELOW = notBelow(0, 1, RunMeasure.FINAL_ACCURACY, 2);

  @Test
  void equalRunsAreIdenticalAndOneBitMakesADifference() {
    assertThat(verdict(identical(0, 1), 6, 0, 0)).isEqualTo(ClaimVerdict.HOLDS);
    assertThat(verdict(identical(0, 1), 5, 0, 0)).isEqualTo(ClaimVerdict.UNDECIDED);
    assertThat(verdict(identical(0, 1), 5, Math.ulp(0.3), 0)).isEqualTo(ClaimVerdict.FAILS);
    assertThat(check(identical(0, 1), 6, Math.ulp(0.3), 0).evidence())
        .isEqualTo(
            "Losses and accuracies of “b” and “a” are equal to the last bit in all epochs of 0 of"
                + " 6 seeds.");
  }

  @Test
  void notBelowToleratesWhatDoesNotMatter() {
    assertThat(verdict(NOT_BELOW, 6, 0.1, 0.001)).isEqualTo(ClaimVerdict.HOLDS);
    assertThat(verdict(NOT_BELOW, 6, -0.01, 0.001)).isEqualTo(ClaimVerdict.HOLDS);
    assertThat(verdict(NOT_BELOW, 6, -0.05, 0.001)).isEqualTo(ClaimVerdict.FAILS);
    assertThat(verdict(NOT_BELOW, 6, -0.02, 0.02)).isEqualTo(ClaimVerdict.UNDECIDED);
    assertThat(verdict(NOT_BELOW, 5, 0.1, 0.001)).isEqualTo(ClaimVerdict.UNDECIDED);
  }

  @Test
  void wordsTellTheVerdict() {
    ClaimWords words = new ClaimWords("Hypotheses", "confirmed", "refuted");
    assertThat(List.of(ClaimVerdict.values()).stream().map(words::of))
        .containsExactly("confirmed", "refuted", "undecided");
  }

  private static ClaimVerdict verdict(Check check, int seeds, double shift, double noise) {
    return check(check, seeds, shift, noise).verdict();
  }

  /**
   * @param shift of the second arm's accuracy
   * @param noise how far each seed lies from that, to either side
   */
  private static Claim.Checked check(Check check, int seeds, double shift, double noise) {
    Experiment experiment =
        Examples.experiment(
            List.of("a", "b"), LongStream.rangeClosed(1, seeds).boxed().toArray(Long[]::new));
    List<RunResult> runs = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      for (long seed : arm.seeds()) {
        boolean second = arm.name().equals("b");
        double accuracy = second ? 0.3 + shift + (seed % 2 == 0 ? noise : -noise) : 0.3;
        List<EpochRecord> epochs =
            List.of(Examples.epoch(1, 0.1, 1e-3), Examples.epoch(2, accuracy, 1e-3));
        runs.add(new RunResult(new Run(arm, seed), new RunOutcome.Finished(), epochs));
      }
    }
    return check.apply(new ExperimentResult(experiment, runs), experiment.arms());
  }
}
