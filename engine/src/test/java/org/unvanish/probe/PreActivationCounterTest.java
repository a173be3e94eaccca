package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;

/** Counting with vectors against {@link SaturationPoint#distance}, one argument after the other. */
class PreActivationCounterTest {

  private static final Shape SHAPE = new Shape(3, 5, 7);

  @Test
  void everyArgumentIsCountedInItsRange() {
    Random random = new Random(1);
    for (ActivationFunction function : ActivationFunction.values()) {
      for (int samples = 1; samples <= Lanes.COUNT; samples++) {
        SaturationPoint knee = SaturationPoint.of(function);
        float inner = samples % 2 == 0 ? 1 : 0.3f;
        LaneTensor z = new LaneTensor(SHAPE, 1);
        LaneValues.replaceAll(z, Lanes.COUNT, old -> draw(random, knee, inner));
        assertCounted(function, inner, z, samples);
      }
    }
  }

  @Test
  void infiniteArgumentsAreInTheLastRangeAndNaNInTheFirst() {
    float[] strange = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f};
    Random random = new Random(2);
    for (ActivationFunction function : ActivationFunction.values()) {
      LaneTensor z = new LaneTensor(SHAPE, 0);
      LaneValues.replaceAll(z, Lanes.COUNT, old -> strange[random.nextInt(strange.length)]);
      assertCounted(function, 1, z, Lanes.COUNT);
    }
  }

  /** Often exactly at the end of a range, or next to it. */
  private static float draw(Random random, SaturationPoint knee, float inner) {
    double position = random.nextBoolean() ? knee.below() : knee.above();
    double end = Math.min(position, 100) * (1 << random.nextInt(5)) / 4 / inner;
    float value = (float) (random.nextBoolean() ? end : end * random.nextGaussian());
    float near =
        switch (random.nextInt(3)) {
          case 0 -> Math.nextDown(value);
          case 1 -> Math.nextUp(value);
          default -> value;
        };
    return random.nextBoolean() ? near : -near;
  }

  private static void assertCounted(
      ActivationFunction function, float inner, LaneTensor z, int samples) {
    SaturationPoint knee = SaturationPoint.of(function);
    PreActivationCounter counter = new PreActivationCounter(function, inner, SHAPE.channels());
    counter.add(z, samples);
    counter.add(z, samples);
    Saturation found = counter.result();

    long[] counts = new long[Saturation.RANGES.size()];
    double[] squares = {0};
    LaneValues.forEachRow(
        z,
        (channel, values, from, to) -> {
          for (int i = from; i < to; i++) {
            if ((i - from) % Lanes.COUNT < samples) {
              double distance = knee.distance(inner * values[i]);
              squares[0] += distance * distance;
              int range = 0;
              while (range + 1 < counts.length && distance >= Saturation.RANGES.get(range + 1)) {
                range++;
              }
              counts[range]++;
            }
          }
        });
    double all = (double) SHAPE.size() * samples;
    for (int range = 0; range < counts.length; range++) {
      assertThat(found.shares().get(range)).isEqualTo(counts[range] / all);
    }
    assertThat(found.saturatedShare()).isEqualTo((counts[3] + counts[4] + counts[5]) / all);
    double rms = Math.sqrt(squares[0] / all);
    if (Double.isFinite(rms)) {
      // Half of what sumOfSquares promises for the squares, and the rounding of inner·z.
      assertThat(found.relativeRms()).isCloseTo(rms, within((0x1p-19 + 0x1p-24) * rms));
    } else {
      assertThat(found.relativeRms()).isEqualTo(Double.valueOf(rms));
    }
  }
}
