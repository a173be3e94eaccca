package org.unvanish.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all losses have in common, and what is special in each. */
class LossTest {

  private static final int OUTPUTS = 4;

  static List<Loss> losses() {
    return List.of(
        new SoftmaxCrossEntropy(),
        new SoftmaxCrossEntropy(new ClassWeights.Given(List.of(0.5, 2.0, 1.0, 3.0))),
        new MeanSquaredError(),
        new MeanAbsoluteError(),
        new Huber(0.7),
        new BinaryCrossEntropy(),
        new OneHot(new MeanSquaredError(), OUTPUTS),
        new OneHot(new BinaryCrossEntropy(), OUTPUTS));
  }

  private static double[] target(Loss loss, Random random) {
    return loss.targets() == TargetKind.CLASSES
        ? new double[] {random.nextInt(OUTPUTS)}
        : random.doubles(OUTPUTS, 0, 1).toArray();
  }

  private static double loss(Loss loss, double[] outputs, double[] target) {
    double[] sums = new double[loss.sums(outputs.length)];
    loss.add(outputs, target, sums);
    return loss.scores(sums, 1).loss();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theGradientIsTheLosssDerivative(Loss loss) {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      double[] outputs = random.doubles(OUTPUTS, -3, 3).toArray();
      double[] target = target(loss, random);
      double[] gradient = loss.gradient(outputs, target);
      for (int k = 0; k < outputs.length; k++) {
        double[] above = outputs.clone();
        double[] below = outputs.clone();
        above[k] += 1e-5;
        below[k] -= 1e-5;
        double slope = (loss(loss, above, target) - loss(loss, below, target)) / 2e-5;
        assertThat(gradient[k]).isCloseTo(slope, within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void noConstantAnswerIsBetterThanTheBest(Loss loss) {
    Random random = new Random(2);
    double[][] targets = new double[60][];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = target(loss, random);
    }
    ConstantPredictor constant = loss.constant(Tables.of(targets));
    assertThat(constant.bars().keySet())
        .containsExactlyElementsOf(loss.scores().stream().map(Score::key).toList());
    for (int i = 0; i < 1000; i++) {
      double[] answer = random.doubles(OUTPUTS, -1.5, 1.5).toArray();
      double[] sums = new double[loss.sums(OUTPUTS)];
      for (double[] target : targets) {
        loss.add(answer, target, sums);
      }
      Scores scores = loss.scores(sums, targets.length);
      for (Score score : loss.scores()) {
        double value = scores.of(score);
        double best = constant.scores().of(score);
        assertThat(score.higherIsBetter() ? value - best : best - value)
            .as(score.key())
            .isLessThanOrEqualTo(1e-12);
        assertThat(constant.isBeaten(score, value)).isFalse();
      }
    }
  }

  /** One in 20 may be, of answers that are as good as chance allows after the fact. */
  @Test
  void luckBeatsAConstantPredictorClearlyInFewDataSets() {
    Random random = new Random(3);
    for (NumberLoss loss :
        List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber(0.5))) {
      int beaten = 0;
      for (int run = 0; run < 400; run++) {
        double[] targets = random.doubles(100).map(x -> random.nextGaussian()).toArray();
        double[] noise = random.doubles(100).map(x -> random.nextGaussian()).toArray();
        double least = Double.POSITIVE_INFINITY;
        for (double size = -0.5; size <= 0.5; size += 0.02) {
          double sum = 0;
          for (int i = 0; i < 100; i++) {
            sum += loss.distance(size * noise[i] - targets[i]);
          }
          least = Math.min(least, sum / 100);
        }
        ConstantPredictor constant = loss.constant(Tables.of(targets));
        beaten += constant.isBeaten(loss.scores().get(0), least) ? 1 : 0;
      }
      assertThat(beaten / 400.0).as(loss.name()).isLessThanOrEqualTo(0.06);
    }
  }

  @Test
  void theBestConstantsAreMeanMedianAndInBetween() {
    double[] targets = {-1, 0, 1, 3, 98};
    assertThat(new MeanSquaredError().bestConstant(targets)).isEqualTo(20.2);
    assertThat(new MeanAbsoluteError().bestConstant(targets)).isEqualTo(1);
    assertThat(new MeanAbsoluteError().bestConstant(new double[] {1, 2})).isEqualTo(1.5);
    // The slopes are 1.5, c, c − 1, −1.5 and −1.5 there.
    assertThat(new Huber(1.5).bestConstant(targets)).isCloseTo(1.25, within(1e-15));
    assertThat(new Huber(1e9).bestConstant(targets)).isCloseTo(20.2, within(1e-13));
    assertThat(new Huber(1).bestConstant(new double[] {3, 3})).isEqualTo(3);
  }

  @Test
  void withALargeDeltaHubersLossIsHalfOfTheSquaredError() {
    assertThat(new Huber(100).distance(-7)).isEqualTo(new MeanSquaredError().distance(7) / 2);
    assertThat(new Huber(2).distance(-7)).isEqualTo(2 * (7 - 1.0));
    assertThatThrownBy(() -> new Huber(0)).hasMessage("delta must be above 0, but is 0.0");
  }

  @Test
  void scoresOfNumbersAreThoseOfTheirDefinitions() {
    Loss loss = new MeanSquaredError();
    double[] sums = new double[loss.sums(2)];
    double[][] targets = {{1, 10}, {2, 20}, {6, 30}};
    double[][] outputs = {{1, 12}, {3, 20}, {4, 29}};
    for (int i = 0; i < 3; i++) {
      loss.add(outputs[i], targets[i], sums);
    }
    Scores scores = loss.scores(sums, 3);
    // Differences 0, 2, 1, 0, −2, −1; the targets' distances from 3 and 20 squared: 14 and 200.
    assertThat(scores.loss()).isCloseTo(10 / 6.0, within(1e-15));
    assertThat(scores.of(Score.RMSE)).isCloseTo(Math.sqrt(10 / 6.0), within(1e-15));
    assertThat(scores.of(Score.MAE)).isCloseTo(1, within(1e-15));
    assertThat(scores.of(Score.R2)).isCloseTo(1 - 10 / 214.0, within(1e-14));
    assertThat(scores.accuracy()).isNaN();
  }

  @Test
  void r2OfTargetsThatAreAllTheSameIsUnknown() {
    Loss loss = new MeanSquaredError();
    double[] sums = new double[loss.sums(1)];
    loss.add(new double[] {1}, new double[] {0.1}, sums);
    assertThat(loss.scores(sums, 1).of(Score.R2)).isNaN();
    assertThat(r2(51, sample -> 0.1f, 0.2)).isNaN();
    assertThat(r2(816, sample -> 0.1f, 0.2)).isNaN();
  }

  /** As times in seconds do. */
  @Test
  void r2IsRightWhereTargetsVaryLittleAboutMuch() {
    Random random = new Random(5);
    float[] near = new float[999];
    for (int i = 0; i < near.length; i++) {
      near[i] = 1 + (random.nextInt(9) - 4) * 0x1p-23f;
    }
    assertThat(r2(10_000, sample -> 1.7e9f + 128 * (sample % 2), 1.7e9f))
        .isCloseTo(-1, within(1e-8));
    for (double output : new double[] {1, 1 + 1e-7, 0.5}) {
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      BigDecimal differences = BigDecimal.ZERO;
      for (float target : near) {
        BigDecimal y = new BigDecimal(target);
        sum = sum.add(y);
        squares = squares.add(y.multiply(y));
        differences = differences.add(y.subtract(new BigDecimal(output)).pow(2));
      }
      BigDecimal n = new BigDecimal(near.length);
      BigDecimal spread = squares.subtract(sum.multiply(sum).divide(n, MathContext.DECIMAL128));
      double exact = 1 - differences.divide(spread, MathContext.DECIMAL128).doubleValue();
      assertThat(r2(near.length, sample -> near[sample], output))
          .isCloseTo(exact, within(1e-6 * Math.abs(exact)));
    }
  }

  /** Of targets that are always predicted the same, put together of batches of 1 to 7 samples. */
  private static double r2(int samples, IntToDoubleFunction target, double output) {
    Loss loss = new MeanSquaredError();
    double[] all = new double[loss.sums(1)];
    for (int from = 0; from < samples; ) {
      double[] batch = new double[all.length];
      int to = Math.min(samples, from + 1 + from % 7);
      for (; from < to; from++) {
        loss.add(new double[] {output}, new double[] {target.applyAsDouble(from)}, batch);
      }
      loss.merge(all, batch);
    }
    return loss.scores(all, samples).of(Score.R2);
  }

  @Test
  void aBinaryCrossEntropyIsExactWhereTheLogisticFunctionSaturates() {
    assertThat(loss(new BinaryCrossEntropy(), new double[] {1e5}, new double[] {0})).isEqualTo(1e5);
    assertThat(loss(new BinaryCrossEntropy(), new double[] {-50}, new double[] {0}))
        .isCloseTo(Math.exp(-50), within(1e-30));
    assertThat(loss(new BinaryCrossEntropy(), new double[] {0, 0}, new double[] {0, 1}))
        .isCloseTo(Math.log(2), within(1e-15));
  }

  /** Where the difference of a probability from 1 is no double any more. */
  @Test
  void theGradientOfABinaryCrossEntropyIsExactThereToo() {
    Loss loss = new BinaryCrossEntropy();
    for (double z : new double[] {0, 1, 30, 40, 700}) {
      double wrong = 1 / (1 + Math.exp(-z));
      double right = Math.exp(-z) / (1 + Math.exp(-z));
      assertThat(slope(loss, z, 0)).isCloseTo(wrong, within(1e-15 * wrong));
      assertThat(slope(loss, z, 1)).isCloseTo(-right, within(1e-15 * right));
      assertThat(slope(loss, -z, 0)).isCloseTo(right, within(1e-15 * right));
      assertThat(slope(loss, -z, 1)).isCloseTo(-wrong, within(1e-15 * wrong));
    }
  }

  private static double slope(Loss loss, double output, double target) {
    return loss.gradient(new double[] {output}, new double[] {target})[0];
  }

  @Test
  void labelsThatAreNoSharesAreRefused() {
    Loss loss = new BinaryCrossEntropy();
    assertThat(loss.problem(Tables.of(0, 1, 0.5))).isEmpty();
    assertThat(loss.problem(Tables.of(new double[][] {{0, 1}, {1, 7.5}})))
        .hasValue(
            "have 7.5 as target 2 of sample 2, but the loss binary cross-entropy needs numbers from"
                + " 0 to 1. Scale them, or choose another loss.");
  }

  @Test
  void classesAreNumbersForALossOnNumbers() {
    for (Loss loss : List.of(new MeanSquaredError(), new BinaryCrossEntropy())) {
      assertThat(loss.on(TargetKind.NUMBERS, 3, "own.csv")).isEqualTo(loss);
      Loss oneHot = loss.on(TargetKind.CLASSES, 2, "own.csv");
      assertThat(oneHot).isEqualTo(new OneHot(loss, 2));
      assertThat(oneHot.on(TargetKind.CLASSES, 2, "own.csv")).isEqualTo(oneHot);
      assertThat(oneHot.outputs(2)).isEqualTo(1);
      assertThat(oneHot.fits(2, 2)).isTrue();
      assertThat(oneHot.fits(3, 2)).isFalse();
      assertThat(loss.on(TargetKind.CLASSES, 5, "own.csv").outputs(5)).isEqualTo(5);
      assertThat(oneHot.definition()).hasValue(loss.name() + " on one-hot classes");
      double[] one = {0.25};
      assertThat(oneHot.gradient(one, new double[] {1}))
          .isEqualTo(loss.gradient(one, new double[] {1}));
      double[] two = {0.25, -0.5};
      assertThat(oneHot.gradient(two, new double[] {1}))
          .isEqualTo(loss.gradient(two, new double[] {0, 1}));
    }
    assertThatThrownBy(() -> new SoftmaxCrossEntropy().on(TargetKind.NUMBERS, 1, "own.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the loss softmax cross-entropy needs class labels as targets, but those of own.csv are"
                + " numbers. Choose a loss for numbers, such as the mean squared error, or data with"
                + " class labels.");
    Loss ofThree = new OneHot(new MeanSquaredError(), 3);
    assertThatThrownBy(() -> ofThree.on(TargetKind.CLASSES, 10, "own.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the loss mean squared error is made for 3 classes, but own.csv has 10. Make it for 10");
    assertThat(Loss.standard(TargetKind.NUMBERS)).isEqualTo(new MeanSquaredError());
    assertThat(Loss.standard(TargetKind.CLASSES)).isEqualTo(new SoftmaxCrossEntropy());
  }

  @Test
  void oneOutputTellsTwoClassesApartAtItsThreshold() {
    assertThat(accuracy(new OneHot(new MeanSquaredError(), 2), 0.6)).isEqualTo(1);
    assertThat(accuracy(new OneHot(new MeanSquaredError(), 2), 0.4)).isEqualTo(0);
    assertThat(accuracy(new OneHot(new BinaryCrossEntropy(), 2), 0.1)).isEqualTo(1);
    assertThat(accuracy(new OneHot(new BinaryCrossEntropy(), 2), -0.1)).isEqualTo(0);
  }

  private static double accuracy(Loss loss, double output) {
    double[] sums = new double[loss.sums(1)];
    loss.add(new double[] {output}, new double[] {1}, sums);
    return loss.scores(sums, 1).accuracy();
  }
}
