package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.Loss;
import org.unvanish.loss.SoftmaxCrossEntropy;

/** The kernels against the losses' own double precision. */
class LossKernelTest {

  private static final int SAMPLES = 53;
  private static final int OUTPUTS = 5;

  @Test
  void crossEntropyIsThatOfItsDefinition() {
    Random random = new Random(6);
    byte[] labels = new byte[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = (byte) random.nextInt(OUTPUTS);
    }
    check(new SoftmaxCrossEntropy(), new Targets.Labels(labels), random);
  }

  private static void check(Loss loss, Targets targets, Random random) {
    LossKernel kernel = LossTable.kernel(loss, OUTPUTS, targets);
    LaneTensor outputs = new LaneTensor(Shape.flat(OUTPUTS), 0);
    LaneTensor gradient = new LaneTensor(Shape.flat(OUTPUTS), 0);
    int[] order = random.ints(SAMPLES, 0, SAMPLES).toArray();
    double[] sums = new double[loss.scores().size()];
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
        double[] scores = loss.scores(own, target);
        IntStream.range(0, sums.length).forEach(i -> sums[i] += scores[i]);
        double[] expected = loss.gradient(own, target);
        double[] found = column(gradient, lane);
        for (int i = 0; i < OUTPUTS; i++) {
          assertThat(found[i]).isCloseTo(expected[i] / SAMPLES, within(1e-6 / SAMPLES));
        }
      }
      for (int lane = samples; lane < Lanes.COUNT; lane++) {
        assertThat(column(gradient, lane)).containsOnly(0);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      assertThat(kernel.sums()[i]).isCloseTo(sums[i], within(1e-6 * SAMPLES));
    }
  }

  private static double[] column(LaneTensor tensor, int lane) {
    double[] values = new double[OUTPUTS];
    LaneValues.forEachRow(tensor, (unit, all, start, end) -> values[unit] = all[start + lane]);
    return values;
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
