package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.data.Shape;

class StepGradientKernelTest {

  private final Random random = new Random(1);

  private LaneTensor[] steps(int steps, int size) {
    LaneTensor[] tensors = new LaneTensor[steps];
    for (int step = 0; step < steps; step++) {
      tensors[step] = new LaneTensor(Shape.flat(size), 0);
      for (int i = Lanes.ORIGIN; i < tensors[step].values.length; i++) {
        tensors[step].values[i] = (float) random.nextGaussian();
      }
    }
    return tensors;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "2, 4", "3, 7", "4, 3", "5, 4", "6, 5", "13, 9", "64, 64"})
  void eachSumIsOfAllStepsAndThenOfTheSamplesToTheBit(int inputs, int units) {
    int steps = 6;
    // Tensors may be longer than what is read.
    LaneTensor[] read = steps(steps, inputs + 2);
    LaneTensor[] gradients = steps(steps, units + 1);
    StepGradientKernel kernel = new StepGradientKernel(inputs, units, steps + 3);
    float[] sums = new float[kernel.sumsLength()];
    kernel.add(read, gradients, steps, sums);
    kernel.add(read, gradients, 2, sums);
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < inputs; input++) {
        float expected =
            sum(read, input, gradients, unit, steps) + sum(read, input, gradients, unit, 2);
        assertThat(sums[unit * inputs + input]).isEqualTo(expected);
      }
    }
  }

  private static float sum(
      LaneTensor[] read, int input, LaneTensor[] gradients, int unit, int steps) {
    float[] lanes = new float[Lanes.COUNT];
    for (int step = 0; step < steps; step++) {
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        lanes[lane] =
            Math.fma(read[step].value(input, lane), gradients[step].value(unit, lane), lanes[lane]);
      }
    }
    return Lanes.sum(lanes, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "5, 8", "4, 19"})
  void addedProductsGoOnWhereTheSumStands(int inputs, int units) {
    LaneTensor in = steps(1, inputs)[0];
    LaneTensor out = steps(1, units)[0];
    float[] weights = new float[inputs * units];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    float[] expected = new float[units * Lanes.COUNT];
    for (int unit = 0; unit < units; unit++) {
      for (int lane = 0; lane < Lanes.COUNT; lane++) {
        float sum = out.value(unit, lane);
        for (int input = 0; input < inputs; input++) {
          sum = Math.fma(in.value(input, lane), weights[unit * inputs + input], sum);
        }
        expected[unit * Lanes.COUNT + lane] = sum;
      }
    }
    DenseKernel kernel = new DenseKernel(inputs, units);
    kernel.setWeights(weights, 0);
    kernel.addForward(in, out);
    for (int i = 0; i < expected.length; i++) {
      assertThat(out.value(i / Lanes.COUNT, i % Lanes.COUNT)).isEqualTo(expected[i]);
    }
  }
}
