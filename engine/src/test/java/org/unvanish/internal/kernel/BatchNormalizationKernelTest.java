package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;

class BatchNormalizationKernelTest {

  private static final Shape SHAPE = new Shape(2, 3, 4);

  /** Samples in the second block, of which the other lanes have values that must not count. */
  private static final int LAST = 5;

  private final LaneTensor x = new LaneTensor(SHAPE, 1);
  private final float[] parameters = {1, 1, 0, 0, 0, 0, 1, 1};
  private final BatchNormalizationKernel kernel = new BatchNormalizationKernel(2, 12, 1e-5);

  private void observe() {
    kernel.begin(parameters, 0, 2);
    kernel.useRunning(parameters, 4, 6);
    for (int block = 0; block < 2; block++) {
      fill(block);
      kernel.observe(x, block == 0 ? Lanes.COUNT : LAST);
    }
    kernel.useBatch();
  }

  private void fill(int block) {
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < 12; i++) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
          boolean inUse = block == 0 || lane < LAST;
          x.values[x.index(channel, i / 4, i % 4) + lane] =
              inUse ? value(channel, block * Lanes.COUNT + lane, i) : 1e6f;
        }
      }
    }
  }

  /** Small differences beside a large mean: 10,000 in the first channel. */
  private static float value(int channel, int sample, int i) {
    return (channel == 0 ? 10_000 : 0) + (sample * 7 + i * 5) % 11 / 8f;
  }

  @Test
  void meanAndVarianceAreThoseOfTheSamplesInUse() {
    observe();
    kernel.writeRunning(parameters, 4, 6, 1);
    for (int channel = 0; channel < 2; channel++) {
      double[] values = new double[12 * (Lanes.COUNT + LAST)];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(channel, i / 12, i % 12);
      }
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      assertThat((double) parameters[4 + channel]).isCloseTo(mean, within(1e-7 * mean));
      assertThat((double) parameters[6 + channel])
          .isCloseTo(squares / (values.length - 1), within(1e-3 * squares / values.length));
    }
  }

  @Test
  void lanesThatAreNotInUseGetNoGradient() {
    observe();
    LaneTensor gradient = new LaneTensor(SHAPE, 0);
    LaneTensor xGradient = new LaneTensor(SHAPE, 0);
    Arrays.fill(gradient.values, 1);
    fill(1);
    kernel.addGradients(x, gradient);
    kernel.inputGradient(x, gradient, xGradient, LAST);
    for (int i = Lanes.ORIGIN; i < xGradient.values.length; i++) {
      boolean inUse = (i - Lanes.ORIGIN) % Lanes.COUNT < LAST;
      assertThat(xGradient.values[i] != 0).isEqualTo(inUse);
    }
  }
}
