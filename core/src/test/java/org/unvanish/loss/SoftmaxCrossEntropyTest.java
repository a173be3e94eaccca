package org.unvanish.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {

  private static final Loss LOSS = new SoftmaxCrossEntropy();

  private static double[] scores(double[] outputs, double label) {
    double[] sums = new double[2];
    LOSS.add(outputs, new double[] {label}, sums);
    return sums;
  }

  @Test
  void aLossIsMinusTheLogarithmOfTheRightClassesShare() {
    double[] outputs = {Math.log(1), Math.log(2), Math.log(5)};
    assertThat(scores(outputs, 1))
        .satisfies(scores -> assertThat(scores[0]).isCloseTo(Math.log(4), within(1e-15)))
        .endsWith(0);
    assertThat(scores(outputs, 2)).endsWith(1);
    assertThat(scores(new double[] {7, 7}, 0)).endsWith(1);
    assertThat(scores(new double[] {7, 7}, 1)).endsWith(0);
    assertThat(scores(new double[] {1e5, 0}, 1)[0]).isEqualTo(1e5);
  }

  @Test
  void balancedWeightsMakeAllClassesPullTheSame() {
    TargetTable training = Tables.of(0, 0, 0, 2);
    SoftmaxCrossEntropy loss =
        (SoftmaxCrossEntropy) new SoftmaxCrossEntropy(new ClassWeights.Balanced()).fitted(training);
    assertThat(loss.weights()).isEqualTo(new ClassWeights.Given(List.of(4 / 6.0, 1.0, 2.0)));
    double sum = 0;
    for (int i = 0; i < training.count(); i++) {
      sum += loss.weights().of((int) training.value(i, 0));
    }
    assertThat(sum).isEqualTo(training.count());
  }

  /** By a search over all shares, to see that none is better. */
  @Test
  void noConstantAnswerHasALowerWeightedLoss() {
    TargetTable targets = Tables.of(0, 0, 0, 1, 0, 1, 0);
    Loss loss = new SoftmaxCrossEntropy(new ClassWeights.Given(List.of(0.5, 3.0)));
    double least = Double.POSITIVE_INFINITY;
    for (double logit = -4; logit <= 4; logit += 1e-3) {
      double[] sums = new double[loss.sums(2)];
      for (int i = 0; i < targets.count(); i++) {
        loss.add(new double[] {0, logit}, targets.of(i), sums);
      }
      least = Math.min(least, sums[0] / targets.count());
    }
    assertThat(loss.constant(targets).scores().loss()).isCloseTo(least, within(1e-6));
  }

  @Test
  void asManyWeightsAsClassesAreNeeded() {
    Loss loss = new SoftmaxCrossEntropy(new ClassWeights.Given(List.of(0.5, 3.0)));
    assertThat(loss.on(TargetKind.CLASSES, 2, "own.csv")).isEqualTo(loss);
    assertThatThrownBy(() -> loss.on(TargetKind.CLASSES, 3, "own.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 2 class weights, but own.csv has 3 classes");
    assertThatThrownBy(() -> new ClassWeights.Given(List.of(1.0, 0.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("class weights must be above 0, but are [1.0, 0.0]");
  }

  /** Definitions are hashed, and those of stored runs name no loss. */
  @Test
  void itHasNoLineInADefinition() {
    assertThat(LOSS.definition()).isEmpty();
    assertThat(new SoftmaxCrossEntropy(new ClassWeights.Balanced()).definition())
        .hasValue("softmax cross-entropy, balanced class weights");
  }
}
