package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.unvanish.loss.Score.ACCURACY;
import static org.unvanish.loss.SoftmaxCrossEntropy.CROSS_ENTROPY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.ProofVerdict.Effect;
import org.unvanish.comparison.ProofVerdict.Reason;
import org.unvanish.data.Targets;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Scores;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.train.EpochRecord;

/** What counts as proved, on results of which the truth is plain. */
class ProofVerdictTest {

  private static final double LN_3 = Math.log(3);

  /** Three classes, each a third of 300 samples. */
  private static final ConstantPredictor THREE = SoftmaxCrossEntropy.constant(LN_3, 1 / 3.0, 300);

  private static final ConstantPredictor TEN =
      SoftmaxCrossEntropy.constant(Math.log(10), 0.1, 10_000);

  private static final Experiment EXPERIMENT =
      Examples.experiment(List.of("untouched", "prescribed"), 1L);

  /** A run of two epochs; its training loss falls. */
  private static RunResult run(String arm, long seed, double accuracy, double loss) {
    return run(arm, seed, epoch(1, 2.5, accuracy, loss), epoch(2, 2, accuracy, loss));
  }

  private static RunResult run(String arm, long seed, EpochRecord... epochs) {
    return Examples.finished(new Run(Examples.arm(arm, seed), seed), epochs);
  }

  private static EpochRecord epoch(int epoch, double trainLoss, double accuracy, double loss) {
    EpochRecord like = Examples.epoch(epoch, accuracy, 1);
    return new EpochRecord(epoch, trainLoss, accuracy, loss, accuracy, 1, like.gradients());
  }

  private static List<RunResult> runs(String arm, double[] accuracies, double[] losses) {
    List<RunResult> runs = new ArrayList<>();
    for (int i = 0; i < accuracies.length; i++) {
      runs.add(run(arm, i + 1, accuracies[i], losses[i]));
    }
    return runs;
  }

  private static double[] all(int seeds, double value) {
    double[] values = new double[seeds];
    Arrays.setAll(values, i -> value * (1 + 1e-3 * i));
    return values;
  }

  private static ProofVerdict verdict(
      List<RunResult> untouched, List<RunResult> prescribed, ConstantPredictor constant) {
    return ProofVerdict.of(EXPERIMENT, untouched, prescribed, constant);
  }

  private static ProofVerdict verdict(
      ConstantPredictor constant,
      double[] accuracyBefore,
      double[] accuracyAfter,
      double[] lossBefore,
      double[] lossAfter) {
    return verdict(
        runs("untouched", accuracyBefore, lossBefore),
        runs("prescribed", accuracyAfter, lossAfter),
        constant);
  }

  private static String text(ProofVerdict verdict) {
    ProofText words = new ProofText(verdict);
    String text = String.join(" ", words.conclusion(), words.numbers(), words.wayOut()).strip();
    assertThat(text).doesNotContain("NaN", "Infinity", "null", "-0.0 ");
    return text;
  }

  /** Four of six seeds answer always the same: the mean is higher, and nothing is proved. */
  @Test
  void chanceLevelIsNoProof() {
    double third = 1 / 3.0;
    ProofVerdict verdict =
        verdict(
            THREE,
            all(6, third),
            new double[] {third, 0.61, third, third, 0.58, third},
            all(6, LN_3 + 0.01),
            new double[] {LN_3, 0.8, LN_3, LN_3, 0.85, LN_3});
    assertThat(verdict.isProved()).isFalse();
    assertThat(verdict.reason()).isEqualTo(Reason.NOTHING_LEARNS);
    assertThat(verdict.headline().learning()).isEqualTo(2);
    assertThat(text(verdict))
        .startsWith("Not proved: with the prescription the network learns in 2 of 6 seeds.")
        .contains("A constant predictor has 33.3 %")
        .contains("What it would take: a network that learns with at least 6 of 6 seeds.");
  }

  @Test
  void fromNearlyPerfectToGuessingIsWorse() {
    ProofVerdict verdict = verdict(TEN, all(6, 0.976), all(6, 0.098), all(6, 0.09), all(6, 2.31));
    assertThat(verdict.reason()).isEqualTo(Reason.WORSE);
    assertThat(text(verdict))
        .startsWith("Not proved: with the prescription the test accuracy is lower.")
        .contains("better with none of 6 seeds, p = 0.031");
  }

  @Test
  void threeSeedsProveNothingAndItIsSaidHowManyDo() {
    ProofVerdict good = verdict(TEN, all(3, 0.1), all(3, 0.9), all(3, 2.3), all(3, 0.4));
    assertThat(good.reason()).isEqualTo(Reason.TOO_FEW_SEEDS);
    assertThat(text(good))
        .startsWith("Not proved: 3 seeds can prove nothing.")
        .endsWith(
            "What it takes: at least 6 seeds; with 3 the smallest p that is possible is 0.250.");
    ProofVerdict bad = verdict(TEN, all(3, 0.9), all(3, 0.1), all(3, 0.4), all(3, 2.3));
    assertThat(bad.reason()).isEqualTo(Reason.TOO_FEW_SEEDS);
    assertThat(text(bad)).endsWith("But these seeds speak against the prescription.");
    assertThat(text(verdict(TEN, all(1, 0.1), all(1, 0.9), all(1, 2.3), all(1, 0.4))))
        .startsWith("Not proved: one seed can prove nothing.");
  }

  /** With every sign that chance can choose: how often are seeds as one-sided as that? */
  @Test
  void sixIsTheFewestSeedsWhoseSignsCanBeClear() {
    int fewest = 1;
    while (shareOfSignsAsOneSided(fewest) > ProofVerdict.LEVEL) {
      fewest++;
    }
    assertThat(ProofVerdict.LEAST_SEEDS).isEqualTo(fewest);
    for (int n = 1; n <= 8; n++) {
      ProofVerdict verdict = verdict(TEN, all(n, 0.1), all(n, 0.9), all(n, 2.3), all(n, 0.4));
      assertThat(verdict.headline().pValue()).isCloseTo(shareOfSignsAsOneSided(n), within(1e-15));
      assertThat(verdict.isProved()).as("%d seeds", n).isEqualTo(n >= fewest);
    }
  }

  private static double shareOfSignsAsOneSided(int seeds) {
    int all = 1 << seeds;
    int count = 0;
    for (int signs = 0; signs < all; signs++) {
      count += Math.abs(2 * Integer.bitCount(signs) - seeds) >= seeds ? 1 : 0;
    }
    return (double) count / all;
  }

  @Test
  void aHigherAccuracyIsProved() {
    ProofVerdict verdict = verdict(TEN, all(6, 0.108), all(6, 0.449), all(6, 9.1), all(6, 1.55));
    assertThat(verdict.isProved()).isTrue();
    assertThat(verdict.headline().effect()).isEqualTo(Effect.GAIN);
    assertThat(verdict.headline().difference()).isCloseTo(0.341, within(1e-3));
    assertThat(text(verdict))
        .startsWith("Proved: with the prescription the test accuracy is higher and the test loss")
        .contains(
            "Test accuracy 45.0 % as prescribed against 10.8 % untouched: +34.2 points [+34.1")
        .contains("better with 6 of 6 seeds, p = 0.031")
        .doesNotContain("What it");
  }

  /** A halved loss is a gain, whatever the accuracy says. */
  @Test
  void aHalvedLossIsProvedWhereAccuraciesAreTheSame() {
    double[] before = {0.301, 0.299, 0.302, 0.298, 0.3, 0.303};
    double[] after = {0.299, 0.302, 0.301, 0.3, 0.297, 0.305};
    ProofVerdict verdict = verdict(TEN, before, after, all(6, 4.2), all(6, 2.1));
    assertThat(verdict.isProved()).isTrue();
    assertThat(verdict.headline().effect()).isEqualTo(Effect.NONE);
    assertThat(text(verdict))
        .startsWith("Proved for the test loss, which is lower with the prescription;")
        .contains("Test loss 2.11 against 4.21: -2.11 [");
  }

  /** Less surely wrong is not yet right: a loss proves something below a constant answer's. */
  @Test
  void aLowerLossThatAConstantAnswerHasTooIsNoProof() {
    double[] before = {0.075, 0.07, 0.08, 0.072, 0.078, 0.074};
    double[] after = {0.066, 0.072, 0.068, 0.073, 0.064, 0.075};
    ConstantPredictor letters = SoftmaxCrossEntropy.constant(3.29, 0.043, 1600);
    ProofVerdict verdict = verdict(letters, before, after, all(6, 9.86), all(6, 3.36));
    assertThat(verdict.reason()).isEqualTo(Reason.NO_DIFFERENCE);
    assertThat(text(verdict))
        .startsWith(
            "Not proved: the test loss is lower, but not clearly better than a constant predictor's,")
        .contains("clearly better: 6 of 6 seeds by accuracy, none of 6 seeds by loss");
    assertThat(verdict(letters, before, after, all(6, 9.86), all(6, 3.1)).isProved()).isTrue();
  }

  /** Where one class is nearly all, accuracy says little. */
  @Test
  void ofUnequalClassesTheLossMayProveWhatTheAccuracyCannot() {
    ConstantPredictor unequal = SoftmaxCrossEntropy.constant(0.1985, 0.95, 1000);
    ProofVerdict verdict = verdict(unequal, all(6, 0.5), all(6, 0.95), all(6, 0.7), all(6, 0.12));
    assertThat(verdict.isProved()).isTrue();
    assertThat(text(verdict))
        .startsWith("Proved for the test loss, which is lower with the prescription;")
        .contains(
            "the test accuracy is higher, but not clearly better than a constant predictor's");
    assertThat(verdict(unequal, all(6, 0.5), all(6, 0.95), all(6, 0.7), all(6, 0.2)).reason())
        .isEqualTo(Reason.NOTHING_LEARNS);
  }

  @Test
  void aHigherAccuracyWithAHigherLossIsProvedAndSaidWithBoth() {
    ProofVerdict verdict = verdict(TEN, all(6, 0.1), all(6, 0.45), all(6, 2.3), all(6, 3.1));
    assertThat(verdict.isProved()).isTrue();
    assertThat(text(verdict))
        .startsWith("Proved for the test accuracy")
        .contains("yet the test loss is higher: it is right more often");
  }

  @Test
  void aLowerLossDoesNotMakeUpForALowerAccuracy() {
    ProofVerdict verdict = verdict(TEN, all(6, 0.45), all(6, 0.4), all(6, 4), all(6, 2));
    assertThat(verdict.reason()).isEqualTo(Reason.WORSE);
    assertThat(text(verdict)).contains("accuracy is lower, although the test loss is lower.");
  }

  @Test
  void aHigherLossWithTheSameAccuracyIsWorse() {
    double[] same = all(6, 0.4);
    ProofVerdict verdict = verdict(TEN, same, same, all(6, 2), all(6, 4));
    assertThat(verdict.reason()).isEqualTo(Reason.WORSE);
    assertThat(text(verdict)).contains("the test loss is higher, and the test accuracy is not");
  }

  @Test
  void whatMayBeChanceIsNoDifference() {
    double[] before = {0.4, 0.41, 0.42, 0.43, 0.44, 0.45};
    double[] after = {0.5, 0.51, 0.52, 0.53, 0.54, 0.44};
    ProofVerdict verdict = verdict(TEN, before, after, all(6, 2), all(6, 2));
    assertThat(verdict.reason()).isEqualTo(Reason.NO_DIFFERENCE);
    assertThat(text(verdict)).contains("p = 0.063", "better with none of 6 seeds, p = 1.000");
  }

  @Test
  void aPrescribedRunThatDivergesIsNoProof() {
    List<RunResult> untouched = runs("untouched", all(7, 0.1), all(7, 2.3));
    List<RunResult> prescribed = runs("prescribed", all(7, 0.9), all(7, 0.3));
    prescribed.set(2, diverged(prescribed.get(2)));
    ProofVerdict verdict = verdict(untouched, prescribed, TEN);
    assertThat(verdict.reason()).isEqualTo(Reason.DIVERGED);
    assertThat(text(verdict)).contains("diverges with 1 of 7 seeds");
    prescribed.set(2, run("prescribed", 3, 0.9, Double.POSITIVE_INFINITY));
    assertThat(verdict(untouched, prescribed, TEN).reason()).isEqualTo(Reason.DIVERGED);
  }

  /** The best that one can say of them, so what is proved against it is proved. */
  @Test
  void untouchedRunsThatDivergeCountAsAConstantAnswer() {
    List<RunResult> untouched = runs("untouched", all(6, 0.99), all(6, 0.01));
    untouched.replaceAll(ProofVerdictTest::diverged);
    ProofVerdict verdict = verdict(untouched, runs("prescribed", all(6, 0.5), all(6, 1.4)), TEN);
    assertThat(verdict.isProved()).isTrue();
    assertThat(verdict.headline().untouched()).isCloseTo(0.1, within(1e-15));
    assertThat(verdict.loss().untouched()).isCloseTo(Math.log(10), within(1e-15));
  }

  private static RunResult diverged(RunResult run) {
    return new RunResult(run.run(), new RunOutcome.Diverged(2, 7), run.epochs().subList(0, 1));
  }

  @Test
  void nothingIsProvedBeforeAllRunsHaveEnded() {
    List<RunResult> untouched = runs("untouched", all(8, 0.1), all(8, 2.3));
    List<RunResult> prescribed = runs("prescribed", all(8, 0.9), all(8, 0.3));
    RunResult whole = prescribed.get(7);
    prescribed.set(7, new RunResult(whole.run(), new RunOutcome.Interrupted(), List.of()));
    ProofVerdict verdict = verdict(untouched, prescribed, TEN);
    assertThat(verdict.reason()).isEqualTo(Reason.NOT_FINISHED);
    assertThat(text(verdict)).contains("with 1 of 8 seeds a run failed or has not ended");
    prescribed.set(7, whole);
    assertThat(verdict(untouched, prescribed, TEN).isProved()).isTrue();
  }

  @Test
  void withoutAPrescribedArmThereIsNothingToProve() {
    ProofVerdict verdict = verdict(runs("untouched", all(6, 0.1), all(6, 2.3)), List.of(), TEN);
    assertThat(verdict.reason()).isEqualTo(Reason.NOTHING_PRESCRIBED);
    assertThat(text(verdict)).endsWith("so there is nothing to prove.");
  }

  /** Clear of chance, but its training undoes what it knew. */
  @Test
  void aTrainingLossThatRisesIsNoLearning() {
    List<RunResult> prescribed = new ArrayList<>();
    for (long seed = 1; seed <= 6; seed++) {
      prescribed.add(
          run("prescribed", seed, epoch(1, 1.5, 0.6, 1.2), epoch(2, 1.9, 0.4 + 0.01 * seed, 1.9)));
    }
    ProofVerdict verdict = verdict(runs("untouched", all(6, 0.1), all(6, 2.3)), prescribed, TEN);
    assertThat(verdict.reason()).isEqualTo(Reason.NOTHING_LEARNS);
  }

  @Test
  void oneSeedOfManyMayFailToLearn() {
    for (int n = 6; n <= 12; n++) {
      double[] after = all(n, 0.9);
      double[] losses = all(n, 0.3);
      after[0] = 0.1001;
      losses[0] = 2.31;
      ProofVerdict verdict = verdict(TEN, all(n, 0.05), after, all(n, 2.5), losses);
      // Of n coins all but at most one on one side: 2·(n + 1) of 2ⁿ.
      boolean clear = 2 * (n + 1) / Math.pow(2, n) <= ProofVerdict.LEVEL;
      assertThat(verdict.reason()).as("%d", n).isEqualTo(clear ? null : Reason.NOTHING_LEARNS);
    }
  }

  @Test
  void theConstantPredictorIsTheLabelsAlone() {
    Targets labels = new Targets.Labels(new byte[] {0, 2, 2, 1, 2, 0, 2, 2});
    Scores constant = new SoftmaxCrossEntropy().constant(labels).scores();
    assertThat(constant.accuracy()).isEqualTo(5 / 8.0);
    // 5/8·ln(8/5) + 2/8·ln 4 + 1/8·ln 8
    assertThat(constant.loss()).isCloseTo(0.9002560, within(1e-6));
  }

  /** Guessing is clear of the constant answer about as seldom as it should be. */
  @Test
  void guessesSeldomBeatTheConstantAnswer() {
    Random random = new Random(5);
    int beaten = 0;
    for (int i = 0; i < 1000; i++) {
      int hits = 0;
      for (int j = 0; j < 300; j++) {
        hits += random.nextInt(3) == 0 ? 1 : 0;
      }
      beaten += THREE.isBeaten(ACCURACY, hits / 300.0) ? 1 : 0;
    }
    // 2.5 % of 1000, with a standard deviation of 5.
    assertThat(beaten).isBetween(5, 45);
    assertThat(THREE.isBeaten(CROSS_ENTROPY, LN_3 - 0.006)).isFalse();
    assertThat(THREE.isBeaten(CROSS_ENTROPY, LN_3 - 0.007)).isTrue();
    assertThat(THREE.isBeaten(ACCURACY, 0.386)).isFalse();
    assertThat(THREE.isBeaten(ACCURACY, 0.387)).isTrue();
    assertThat(THREE.isBeaten(ACCURACY, Double.NaN)).isFalse();
    assertThat(THREE.isBeaten(CROSS_ENTROPY, Double.NaN)).isFalse();
  }

  /** Where a remedy does nothing, the two tests together call that a gain at most once in 20. */
  @Test
  void aRemedyThatDoesNothingIsSeldomProved() {
    Random random = new Random(3);
    for (int n : new int[] {6, 9}) {
      int proved = 0;
      for (int i = 0; i < 400; i++) {
        double[][] made = new double[4][n];
        for (int j = 0; j < n; j++) {
          made[0][j] = 0.5 + 0.05 * random.nextGaussian();
          made[1][j] = 0.5 + 0.05 * random.nextGaussian();
          made[2][j] = 1.5 + 0.2 * random.nextGaussian();
          made[3][j] = 1.5 + 0.2 * random.nextGaussian();
        }
        proved += verdict(TEN, made[0], made[1], made[2], made[3]).isProved() ? 1 : 0;
      }
      assertThat(proved).as("%d seeds", n).isLessThanOrEqualTo(400 / 20 + 9);
    }
  }
}
