package org.unvanish.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientRecorderTest {

  private static final double[] PROBABILITIES = {0.05, 0.25, 0.50, 0.75, 0.95};

  private final Random random = new Random(1998);

  /** Any length, any scale down to the subnormal numbers, any spread, with zeros among them. */
  private float[] gradient() {
    float[] gradient = new float[1 + random.nextInt(300)];
    double decade = random.nextDouble(-46, 30);
    double spread = random.nextDouble(0, 6);
    double zeros = random.nextBoolean() ? 0 : random.nextDouble();
    for (int i = 0; i < gradient.length; i++) {
      double magnitude = Math.pow(10, decade + spread * random.nextGaussian());
      double finite = Math.min(magnitude, Float.MAX_VALUE);
      gradient[i] =
          random.nextDouble() < zeros ? 0 : (float) (random.nextBoolean() ? finite : -finite);
    }
    return gradient;
  }

  private static GradientStatistics statisticsOf(float... gradient) {
    GradientRecorder recorder = new GradientRecorder();
    recorder.record(gradient, 0, gradient.length);
    return recorder.statistics();
  }

  private static double[] quantiles(GradientStatistics statistics) {
    return new double[] {
      statistics.q05(), statistics.q25(), statistics.q50(), statistics.q75(), statistics.q95()
    };
  }

  @Test
  void statisticsAreThoseOfTheSortedCoordinates() {
    for (int trial = 0; trial < 2000; trial++) {
      float[] gradient = gradient();
      double[] sorted = new double[gradient.length];
      for (int i = 0; i < gradient.length; i++) {
        sorted[i] = Math.abs(gradient[i]);
      }
      Arrays.sort(sorted);
      int n = sorted.length;
      double mean = Arrays.stream(sorted).sum() / n;
      double rms = Math.sqrt(Arrays.stream(sorted).map(g -> g * g).sum() / n);
      double below = (double) Arrays.stream(sorted).filter(g -> g < 1e-7).count() / n;

      GradientStatistics statistics = statisticsOf(gradient);

      assertThat(statistics.count()).isEqualTo(n);
      assertThat(statistics.meanAbs()).isCloseTo(mean, within(1e-12 * mean));
      assertThat(statistics.rms()).isCloseTo(rms, within(1e-12 * rms));
      assertThat(statistics.maxAbs()).isEqualTo(sorted[n - 1]);
      assertThat(statistics.vanishedShare()).isEqualTo(below);
      double[] quantiles = quantiles(statistics);
      for (int i = 0; i < PROBABILITIES.length; i++) {
        double exact = sorted[(int) (PROBABILITIES[i] * n)];
        // As GradientStatistics states it.
        double error = exact < Float.MIN_NORMAL ? 3.7e-40 : 0.016 * exact;
        assertThat(quantiles[i]).isCloseTo(exact, within(error)).isLessThanOrEqualTo(sorted[n - 1]);
      }
    }
  }

  @Test
  void everyMagnitudeIsWithinTheStatedErrorOfItsBin() {
    for (long bits = 0; bits < 0x7f80_0000L; bits += 9973) {
      float value = Float.intBitsToFloat((int) bits);
      // The second coordinate keeps the largest value out of the way.
      double median = statisticsOf(value, Float.POSITIVE_INFINITY, value).q50();
      double error = value < Float.MIN_NORMAL ? 3.7e-40 : 0.016 * value;
      assertThat(Math.abs(median - value)).as("%a", value).isLessThanOrEqualTo(error);
    }
  }

  @Test
  void mergedRecordersHoldWhatOneWouldHoldInAnyOrder() {
    for (int trial = 0; trial < 200; trial++) {
      GradientRecorder one = new GradientRecorder();
      List<GradientRecorder> parts = new ArrayList<>();
      for (int part = 0; part < 1 + random.nextInt(6); part++) {
        float[] gradient = gradient();
        one.record(gradient, 0, gradient.length);
        GradientRecorder recorder = new GradientRecorder();
        recorder.record(gradient, 0, gradient.length);
        parts.add(recorder);
      }
      parts.add(new GradientRecorder());
      Collections.shuffle(parts, random);
      GradientRecorder merged = new GradientRecorder();
      parts.forEach(merged::merge);

      GradientStatistics expected = one.statistics();
      GradientStatistics actual = merged.statistics();
      assertThat(actual.count()).isEqualTo(expected.count());
      assertThat(actual.maxAbs()).isEqualTo(expected.maxAbs());
      assertThat(actual.vanishedShare()).isEqualTo(expected.vanishedShare());
      assertThat(quantiles(actual)).isEqualTo(quantiles(expected));
      assertThat(actual.meanAbs())
          .isCloseTo(expected.meanAbs(), within(1e-13 * expected.meanAbs()));
      assertThat(actual.rms()).isCloseTo(expected.rms(), within(1e-13 * expected.rms()));
    }
  }

  @Test
  void theSameNumbersGiveTheSameBits() {
    float[] gradient = gradient();
    assertThat(statisticsOf(gradient)).isEqualTo(statisticsOf(gradient.clone()));
  }

  @Test
  void onlyTheGivenRangeIsRecorded() {
    GradientRecorder recorder = new GradientRecorder();
    recorder.record(new float[] {1000, 1, -3, 1000}, 1, 3);
    recorder.record(new float[] {1000}, 1, 1);
    GradientStatistics statistics = recorder.statistics();
    assertThat(statistics.count()).isEqualTo(2);
    assertThat(statistics.meanAbs()).isEqualTo(2);
    assertThat(statistics.rms()).isEqualTo(Math.sqrt(5));
    assertThat(statistics.maxAbs()).isEqualTo(3);
  }

  @Test
  void aRangeOutsideTheArrayIsRefusedBeforeAnythingIsRecorded() {
    GradientRecorder recorder = new GradientRecorder();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> recorder.record(new float[3], 1, 4));
    assertThat(recorder.statistics()).isEqualTo(GradientStatistics.EMPTY);
  }

  @Test
  void nothingRecordedOrEverythingForgottenIsEmpty() {
    GradientRecorder recorder = new GradientRecorder();
    assertThat(recorder.statistics()).isEqualTo(GradientStatistics.EMPTY);
    recorder.record(new float[] {1, Float.NaN, 0}, 0, 3);
    recorder.clear();
    assertThat(recorder.statistics()).isEqualTo(GradientStatistics.EMPTY);
    recorder.record(new float[] {2}, 0, 1);
    assertThat(recorder.statistics()).isEqualTo(statisticsOf(2));
  }

  @Test
  void zeroGradientsHaveVanishedAltogether() {
    GradientStatistics statistics = statisticsOf(0, -0f, 0, 0);
    assertThat(statistics).isEqualTo(new GradientStatistics(4, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  }

  @Test
  void aCoordinateAtTheThresholdHasNotVanished() {
    // Of a threshold that is a float, of one between two floats, of one below all floats.
    for (double threshold : new double[] {0.25, 1e-7, 1 + 1e-12, 1e-60}) {
      float at = (float) threshold;
      float above = at < threshold ? Math.nextUp(at) : at;
      float below = Math.nextDown(above);
      GradientRecorder recorder = new GradientRecorder(threshold);
      recorder.record(new float[] {above, -above, below, -below}, 0, 4);
      assertThat((double) above).isGreaterThanOrEqualTo(threshold);
      assertThat((double) below).isLessThan(threshold);
      assertThat(recorder.statistics().vanishedShare()).as("%s", threshold).isEqualTo(0.5);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aThresholdOutOfRangeIsRefused(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientRecorder(threshold))
        .withMessage("threshold must be a finite number above 0, but is " + threshold);
  }

  @Test
  void recordersWithDifferentThresholdsAreNotMerged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientRecorder(1e-7).merge(new GradientRecorder(1e-8)))
        .withMessage("thresholds differ: 1.0E-7 and 1.0E-8");
  }

  @Test
  void nanShowsInTheMomentsAndStandsAboveAllNumbersInTheQuantiles() {
    for (int bits : new int[] {0x7fc00000, 0x7f800001, 0xffffffff}) {
      float[] gradient = new float[20];
      Arrays.fill(gradient, 1);
      gradient[7] = Float.intBitsToFloat(bits);
      GradientStatistics statistics = statisticsOf(gradient);
      assertThat(statistics.count()).isEqualTo(20);
      assertThat(statistics.meanAbs()).isNaN();
      assertThat(statistics.rms()).isNaN();
      assertThat(statistics.maxAbs()).isNaN();
      assertThat(statistics.q75()).isCloseTo(1, within(0.016));
      assertThat(statistics.q95()).isNaN();
      assertThat(statistics.vanishedShare()).isZero();
    }
  }

  @Test
  void infinityShowsInTheMomentsAndStandsAboveAllNumbersInTheQuantiles() {
    GradientStatistics statistics =
        statisticsOf(Float.NEGATIVE_INFINITY, 1, 1, Float.MAX_VALUE, Float.POSITIVE_INFINITY);
    assertThat(statistics.meanAbs()).isInfinite();
    assertThat(statistics.rms()).isInfinite();
    assertThat(statistics.maxAbs()).isInfinite();
    assertThat(statistics.q25()).isCloseTo(1, within(0.016));
    assertThat(statistics.q50()).isCloseTo(Float.MAX_VALUE, within(0.016 * Float.MAX_VALUE));
    assertThat(statistics.q95()).isInfinite();
  }

  @Test
  void hugeCoordinatesDoNotOverflow() {
    GradientStatistics statistics = statisticsOf(Float.MAX_VALUE, -Float.MAX_VALUE);
    assertThat(statistics.meanAbs()).isEqualTo(Float.MAX_VALUE);
    assertThat(statistics.rms()).isCloseTo(Float.MAX_VALUE, within(1e24));
  }
}
