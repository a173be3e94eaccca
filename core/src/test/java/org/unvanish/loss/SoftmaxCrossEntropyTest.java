package org.unvanish.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {

  private static final Loss LOSS = new SoftmaxCrossEntropy();

  @Test
  void aLossIsMinusTheLogarithmOfTheRightClassesShare() {
    double[] outputs = {Math.log(1), Math.log(2), Math.log(5)};
    assertThat(LOSS.scores(outputs, new double[] {1}))
        .satisfies(scores -> assertThat(scores[0]).isCloseTo(Math.log(4), within(1e-15)))
        .endsWith(0);
    assertThat(LOSS.scores(outputs, new double[] {2})).endsWith(1);
    assertThat(LOSS.scores(new double[] {7, 7}, new double[] {0})).endsWith(1);
    assertThat(LOSS.scores(new double[] {7, 7}, new double[] {1})).endsWith(0);
    assertThat(LOSS.scores(new double[] {1e5, 0}, new double[] {1})[0]).isEqualTo(1e5);
  }

  @Test
  void theGradientIsTheLosssDerivative() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double[] outputs = random.doubles(4, -3, 3).toArray();
      double[] target = {random.nextInt(4)};
      double[] gradient = LOSS.gradient(outputs, target);
      for (int k = 0; k < outputs.length; k++) {
        double[] above = outputs.clone();
        double[] below = outputs.clone();
        above[k] += 1e-5;
        below[k] -= 1e-5;
        double slope = (LOSS.scores(above, target)[0] - LOSS.scores(below, target)[0]) / 2e-5;
        assertThat(gradient[k]).isCloseTo(slope, within(1e-9));
      }
    }
  }

  /** Definitions are hashed, and those of stored runs name no loss. */
  @Test
  void itHasNoLineInADefinition() {
    assertThat(LOSS.definition()).isEmpty();
  }
}
