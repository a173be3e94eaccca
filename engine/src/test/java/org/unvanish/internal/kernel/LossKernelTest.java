package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.Score;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Losses;

/** The kernels against the losses' own double precision. */
class LossKernelTest {

  private static final int SAMPLES = 53;

  private record Case(Loss loss, Shape shape) {}

  /** Of one output, of some, and of ones with rows and columns, whose gradient has a padding. */
  static Stream<Case> losses() {
    return Stream.of(Shape.flat(1), Shape.flat(5), new Shape(2, 3, 1))
        .flatMap(shape -> Losses.all(shape.size()).stream().map(loss -> new Case(loss, shape)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aKernelIsWhatItsLossSays(Case c) {
    Random random = new Random(6);
    int n = c.shape().size();
    Targets targets = Losses.data(c.loss(), n, Shape.flat(1), random, SAMPLES, 2).train().targets();
    Loss loss = c.loss().fitted(targets);
    LossKernel kernel = LossTable.kernel(loss, n, targets);
    LaneTensor outputs = new LaneTensor(c.shape(), 0);
    LaneTensor gradient = new LaneTensor(c.shape(), 1);
    int[] order = random.ints(SAMPLES, 0, SAMPLES).toArray();
    double[] sums = new double[loss.sums(n)];
    kernel.forward(outputs, order, 0, Lanes.COUNT);
    kernel.clear();
    for (int from = 0; from < SAMPLES; from += Lanes.COUNT) {
      int samples = Math.min(Lanes.COUNT, SAMPLES - from);
      LaneValues.replaceAll(outputs, Lanes.COUNT, old -> (float) (3 * random.nextGaussian()));
      kernel.forward(outputs, order, from, samples);
      kernel.gradient(samples, SAMPLES, gradient);
      for (int lane = 0; lane < samples; lane++) {
        double[] own = column(outputs, lane);
        double[] target = targets.of(order[from + lane]);
        loss.add(own, target, sums);
        double[] expected = loss.gradient(own, target);
        double[] found = column(gradient, lane);
        for (int i = 0; i < n; i++) {
          assertThat(found[i]).isCloseTo(expected[i] / SAMPLES, within(2e-6 / SAMPLES));
        }
      }
      for (int lane = samples; lane < Lanes.COUNT; lane++) {
        assertThat(column(gradient, lane)).containsOnly(0);
      }
    }
    assertThat(kernel.sums()).hasSameSizeAs(sums);
    for (int i = 0; i < sums.length; i++) {
      assertThat(kernel.sums()[i]).isCloseTo(sums[i], within(2e-6 * SAMPLES));
    }
  }

  private static double[] column(LaneTensor tensor, int lane) {
    double[] values = new double[tensor.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.value(i, lane);
    }
    return values;
  }

  /** Where the difference of a probability from 0 or 1 is no float any more. */
  @Test
  void aBinaryCrossEntropyKeepsAGradientWhereTheLogisticFunctionSaturates() {
    Targets targets = new Targets.Labels(new byte[] {0, 1});
    Loss loss = new OneHot(new BinaryCrossEntropy(), 2);
    LossKernel kernel = LossTable.kernel(loss, 1, targets);
    LaneTensor output = new LaneTensor(Shape.flat(1), 0);
    LaneTensor gradient = new LaneTensor(Shape.flat(1), 0);
    for (float z = -80; z <= 80; z += 0.25f) {
      float logit = z;
      LaneValues.replaceAll(output, Lanes.COUNT, old -> logit);
      kernel.forward(output, new int[] {0, 1}, 0, 2);
      kernel.gradient(2, 1, gradient);
      for (int label = 0; label < 2; label++) {
        double expected = loss.gradient(new double[] {z}, new double[] {label})[0];
        assertThat((double) gradient.value(0, label))
            .isCloseTo(expected, within(5e-7 * Math.abs(expected)));
      }
    }
  }

  @Test
  void r2IsRightWhereTargetsVaryLittleAboutMuch() {
    Loss loss = new MeanSquaredError();
    for (float step : new float[] {0, 128}) {
      float[] numbers = new float[500];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = 1.7e9f + step * (i % 2);
      }
      LossKernel kernel = LossTable.kernel(loss, 1, new Targets.Numbers(numbers, 1));
      LaneTensor output = new LaneTensor(Shape.flat(1), 0);
      LaneValues.replaceAll(output, Lanes.COUNT, old -> 1.7e9f);
      int[] order = IntStream.range(0, numbers.length).toArray();
      double[] all = new double[loss.sums(1)];
      for (int from = 0; from < order.length; from += 10) {
        kernel.clear();
        kernel.forward(output, order, from, 10);
        loss.merge(all, kernel.sums());
      }
      double found = loss.scores(all, order.length).of(Score.R2);
      if (step == 0) {
        assertThat(found).isNaN();
      } else {
        assertThat(found).isCloseTo(-1, within(1e-8));
      }
    }
  }

  @Test
  void predictedClassesAreCounted() {
    Targets targets = new Targets.Labels(new byte[] {0, 0, 1});
    LaneTensor outputs = new LaneTensor(Shape.flat(2), 0);
    LaneTensor output = new LaneTensor(Shape.flat(1), 0);
    float[] values = {0.2f, 0.7f, 0.4f};
    for (int lane = 0; lane < 3; lane++) {
      output.values[Lanes.ORIGIN + lane] = values[lane] - 0.5f;
      outputs.values[Lanes.ORIGIN + Lanes.COUNT + lane] = values[lane] - 0.5f;
    }
    int[] order = {0, 1, 2};
    for (Loss loss : List.of(new SoftmaxCrossEntropy(), new OneHot(new BinaryCrossEntropy(), 2))) {
      for (LaneTensor of : List.of(outputs, output)) {
        if (!loss.fits(of.shape().size(), 2)) {
          continue;
        }
        LossKernel kernel = LossTable.kernel(loss, of.shape().size(), targets);
        int[] counts = new int[kernel.classes()];
        kernel.forward(of, order, 0, 3);
        kernel.addPredicted(of, 3, counts);
        assertThat(counts).containsExactly(2, 1);
      }
    }
  }

  @Test
  void otherTargetsThanALossNeedsAreRefused() {
    assertThatThrownBy(
            () ->
                LossTable.kernel(
                    new SoftmaxCrossEntropy(), 2, new Targets.Numbers(new float[4], 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the loss softmax cross-entropy needs class labels as targets, but these are numbers");
  }
}
