package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.data.Shape;

/** Bit by bit against the same sums, one at a time in their order. */
class DenseKernelTest {

  private static final int BLOCKS = 3;
  private static final int OFFSET = 3;

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "16, 8", "17, 9", "32, 12", "64, 4", "80, 7", "131, 23"})
  void blocksTogetherAreTheSameAsOneByOne(int inputs, int units) {
    float[] weights = numbers(OFFSET + units * inputs);
    DenseKernel kernel = new DenseKernel(inputs, units);
    kernel.setWeights(weights, OFFSET);
    LaneTensor in = blocks(inputs);
    LaneTensor out = blocks(units);
    LaneTensor inGradient = blocks(inputs);

    kernel.forward(in, out, 0, BLOCKS);
    IntBinaryOperator weight = (unit, input) -> OFFSET + unit * inputs + input;
    assertIsProduct(in, out, weights, weight);
    kernel.inputGradient(out, inGradient, 0, BLOCKS);
    assertIsProduct(out, inGradient, weights, (input, unit) -> weight.applyAsInt(unit, input));

    for (int block = 0; block < BLOCKS; block++) {
      in.select(block);
      out.select(block);
      inGradient.select(block);
      kernel.forward(in, out);
      kernel.inputGradient(out, inGradient);
    }
    assertIsProduct(in, out, weights, weight);
    assertIsProduct(out, inGradient, weights, (input, unit) -> weight.applyAsInt(unit, input));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "16, 8", "17, 9", "32, 12", "64, 8", "80, 7", "131, 23"})
  void theWeightGradientSumsSampleAfterSampleFromItsFirstBlockOn(int inputs, int units) {
    LaneTensor in = blocks(inputs);
    LaneTensor outGradient = blocks(units);
    DenseGradientKernel kernel = new DenseGradientKernel(inputs, units);
    float[] sums = numbers(OFFSET + kernel.sumsLength());
    kernel.add(in, outGradient, 0, 1, sums, OFFSET, true);
    kernel.add(in, outGradient, 1, BLOCKS - 1, sums, OFFSET, false);
    float[] own = new float[kernel.sumsLength()];
    System.arraycopy(sums, OFFSET, own, 0, own.length);
    float[] gradient = new float[OFFSET + units * inputs];
    kernel.collect(own, gradient, OFFSET);
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < inputs; input++) {
        float sum = 0;
        for (int block = 0; block < BLOCKS; block++) {
          for (int lane = 0; lane < Lanes.COUNT; lane++) {
            sum =
                Math.fma(value(in, block, input, lane), value(outGradient, block, unit, lane), sum);
          }
        }
        assertThat(gradient[OFFSET + unit * inputs + input]).isEqualTo(sum);
      }
    }
  }

  /** Of each block: sums over what is read, in its order. */
  private static void assertIsProduct(
      LaneTensor in, LaneTensor out, float[] weights, IntBinaryOperator weight) {
    for (int block = 0; block < BLOCKS; block++) {
      for (int output = 0; output < out.shape().size(); output++) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
          float sum = 0;
          for (int i = 0; i < in.shape().size(); i++) {
            sum = Math.fma(value(in, block, i, lane), weights[weight.applyAsInt(output, i)], sum);
          }
          assertThat(value(out, block, output, lane)).isEqualTo(sum);
        }
      }
    }
  }

  private static float value(LaneTensor tensor, int block, int number, int lane) {
    return tensor.kept(block)[tensor.index(number) + lane];
  }

  private LaneTensor blocks(int size) {
    LaneTensor tensor = new LaneTensor(Shape.flat(size), 0);
    for (int block = BLOCKS - 1; block >= 0; block--) {
      tensor.select(block);
      for (int i = 0; i < size; i++) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
          tensor.values[tensor.index(i) + lane] = (float) random.nextGaussian();
        }
      }
    }
    return tensor;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
