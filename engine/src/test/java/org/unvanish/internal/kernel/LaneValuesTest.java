package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;

class LaneValuesTest {

  private static final float NONE = Float.NEGATIVE_INFINITY;

  @Test
  void squaresOfAnyMagnitudeAreAddedUp() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      Shape shape =
          new Shape(1 + random.nextInt(3), 1 + random.nextInt(12), 1 + random.nextInt(12));
      LaneTensor tensor = new LaneTensor(shape, random.nextInt(2));
      int samples = 1 + random.nextInt(Lanes.COUNT);
      int exponent = random.nextInt(-149, 128);
      LaneValues.replaceAll(
          tensor, Lanes.COUNT, old -> Math.scalb(2 * random.nextFloat() - 1, exponent));
      float floor = random.nextBoolean() ? 0 : NONE;
      int sign = random.nextBoolean() ? 1 : -1;
      double expected = exactly(tensor, samples, floor, sign);
      assertThat(LaneValues.sumOfSquares(tensor, samples, floor, sign))
          .isCloseTo(expected, within(0x1p-18 * expected));
    }
  }

  @Test
  void whatIsSmallBesideTheLargestValueMayCountAsNothing() {
    LaneTensor tensor = new LaneTensor(new Shape(1, 1, 3), 1);
    tensor.values[tensor.index(0, 0, 0)] = 0x1p100f;
    tensor.values[tensor.index(0, 0, 1) + 1] = 0x1p-100f;
    assertThat(LaneValues.sumOfSquares(tensor, 2)).isEqualTo(0x1p200);
  }

  @Test
  void lanesThatAreNotInUseCountForNothing() {
    LaneTensor tensor = new LaneTensor(new Shape(1, 1, 2), 0);
    LaneValues.replaceAll(tensor, Lanes.COUNT, old -> Float.NaN);
    LaneValues.replaceAll(tensor, 3, old -> 0x1p-70f);
    assertThat(LaneValues.sumOfSquares(tensor, 3)).isEqualTo(6 * 0x1p-140);
    assertThat(LaneValues.sumOfSquares(tensor, 4)).isNaN();
  }

  @Test
  void eachSampleHasASumOfItsOwn() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      LaneTensor tensor =
          new LaneTensor(
              new Shape(1 + random.nextInt(3), 1 + random.nextInt(12), 1 + random.nextInt(12)),
              random.nextInt(2));
      int samples = 1 + random.nextInt(Lanes.COUNT);
      for (int lane = 0; lane < samples; lane++) {
        fill(tensor, lane, random, random.nextInt(-149, 128));
      }
      double[] expected = new double[Lanes.COUNT];
      LaneValues.forEachRow(
          tensor,
          (channel, values, from, to) -> {
            for (int at = from; at < to; at++) {
              expected[(at - from) % Lanes.COUNT] += (double) values[at] * values[at];
            }
          });
      double[] sums = new double[Lanes.COUNT];
      LaneValues.sumsOfSquares(tensor, samples, sums);
      for (int lane = 0; lane < samples; lane++) {
        assertThat(sums[lane]).isCloseTo(expected[lane], within(0x1p-18 * expected[lane]));
      }
    }
  }

  private static void fill(LaneTensor tensor, int lane, Random random, int exponent) {
    LaneValues.forEachRow(
        tensor,
        (channel, values, from, to) -> {
          for (int at = from + lane; at < to; at += Lanes.COUNT) {
            values[at] = Math.scalb(2 * random.nextFloat() - 1, exponent);
          }
        });
  }

  @Test
  void aSampleThatIsNotFiniteLeavesTheOthersAlone() {
    LaneTensor tensor = new LaneTensor(new Shape(1, 1, 2), 0);
    LaneValues.replaceAll(tensor, 3, old -> 0x1p-100f);
    tensor.values[tensor.index(0, 0, 1) + 1] = Float.NaN;
    double[] sums = {7, 7, 7, 7};
    LaneValues.sumsOfSquares(tensor, 3, sums);
    assertThat(sums).containsExactly(0x1p-199, Double.NaN, 0x1p-199, 7);
  }

  @Test
  void infinityAndNaNAreKept() {
    LaneTensor tensor = new LaneTensor(new Shape(1, 2, 2), 1);
    assertThat(LaneValues.sumOfSquares(tensor, 16)).isZero();
    tensor.values[tensor.index(0, 1, 1) + 5] = Float.NEGATIVE_INFINITY;
    tensor.values[tensor.index(0, 1, 0) + 5] = 3;
    assertThat(LaneValues.sumOfSquares(tensor, 16)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(LaneValues.sumOfSquares(tensor, 16, 0, 1)).isEqualTo(9);
    assertThat(LaneValues.sumOfSquares(tensor, 16, 0, -1)).isEqualTo(Double.POSITIVE_INFINITY);
    // What processors make of ∞ − ∞ has its sign bit set.
    tensor.values[tensor.index(0, 0, 0)] = Float.intBitsToFloat(0xffc0_0000);
    assertThat(LaneValues.sumOfSquares(tensor, 16, 0, 1)).isNaN();
  }

  private static double exactly(LaneTensor tensor, int samples, float floor, int sign) {
    double[] sum = {0};
    LaneValues.forEachRow(
        tensor,
        (channel, values, from, to) -> {
          for (int i = from; i < to; i++) {
            if ((i - from) % Lanes.COUNT < samples) {
              double value = Math.max(sign * values[i], floor);
              sum[0] += value * value;
            }
          }
        });
    return sum[0];
  }
}
