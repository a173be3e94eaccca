package org.unvanish.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassSumsTest {

  private static final Loss LOSS = new OneHot(new BinaryCrossEntropy(), 2);

  private static Scores scores(double[] outputs, int[] labels) {
    double[] sums = new double[LOSS.sums(1)];
    for (int i = 0; i < outputs.length; i++) {
      LOSS.add(new double[] {outputs[i]}, new double[] {labels[i]}, sums);
    }
    return LOSS.scores(sums, outputs.length);
  }

  @Test
  void eachClassCountsTheSameInABalancedAccuracy() {
    Scores scores = scores(new double[] {-1, -1, -1, 1, 1, -1}, new int[] {0, 0, 0, 0, 1, 1});
    assertThat(scores.accuracy()).isEqualTo(4 / 6.0);
    assertThat(scores.of(Score.BALANCED_ACCURACY)).isEqualTo((3 / 4.0 + 1 / 2.0) / 2);
    assertThat(scores(new double[] {-1, 1}, new int[] {0, 0}).of(Score.BALANCED_ACCURACY))
        .isEqualTo(0.5);
  }

  /** Against all pairs, from overlapping classes to ones apart, and on all scales of logits. */
  @Test
  void theAucIsTheShareOfPairsInOrderUpToWhatSharesABin() {
    Random random = new Random(5);
    for (double scale : new double[] {0.3, 1, 4, 30}) {
      double[] outputs = new double[300];
      int[] labels = new int[outputs.length];
      for (int i = 0; i < outputs.length; i++) {
        labels[i] = random.nextInt(10) < 3 ? 1 : 0;
        outputs[i] = scale * (random.nextGaussian() + labels[i]) - 2;
      }
      double ordered = 0;
      double sharedBin = 0;
      double pairs = 0;
      for (int i = 0; i < outputs.length; i++) {
        for (int j = 0; j < outputs.length; j++) {
          if (labels[i] == 0 && labels[j] == 1) {
            pairs++;
            ordered += outputs[j] > outputs[i] ? 1 : 0;
            sharedBin += bin(outputs[i]) == bin(outputs[j]) ? 1 : 0;
          }
        }
      }
      assertThat(scores(outputs, labels).of(Score.AUC))
          .isCloseTo(ordered / pairs, within(0.5 * sharedBin / pairs + 1e-12));
    }
  }

  private static long bin(double rank) {
    return Math.round(Math.floor(32 * Math.max(-16, Math.min(rank, 15.99))));
  }

  @Test
  void anAucNeedsBothClasses() {
    assertThat(scores(new double[] {-1, 1}, new int[] {0, 0}).of(Score.AUC)).isNaN();
    assertThat(scores(new double[] {-1, 1}, new int[] {0, 1}).of(Score.AUC)).isEqualTo(1);
    assertThat(scores(new double[] {2, 2}, new int[] {0, 1}).of(Score.AUC)).isEqualTo(0.5);
    assertThat(ConstantPredictor.Bar.ofAuc(new int[] {5, 0}).clear()).isEqualTo(1);
  }

  @Test
  void guessesStayBelowWhatIsClearOfThem() {
    Random random = new Random(7);
    int accurate = 0;
    int ordered = 0;
    for (int run = 0; run < 500; run++) {
      double[] outputs = new double[60];
      int[] labels = new int[outputs.length];
      double[] targets = new double[outputs.length];
      for (int i = 0; i < outputs.length; i++) {
        labels[i] = i < 12 ? 1 : 0;
        targets[i] = labels[i];
        outputs[i] = random.nextGaussian();
      }
      ConstantPredictor constant = LOSS.constant(Tables.of(targets));
      Scores scores = scores(outputs, labels);
      accurate +=
          constant.isBeaten(Score.BALANCED_ACCURACY, scores.of(Score.BALANCED_ACCURACY)) ? 1 : 0;
      ordered += constant.isBeaten(Score.AUC, scores.of(Score.AUC)) ? 1 : 0;
    }
    // One-sided: one in 40.
    assertThat(accurate / 500.0).isBetween(0.005, 0.05);
    assertThat(ordered / 500.0).isBetween(0.005, 0.05);
  }
}
