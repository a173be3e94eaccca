package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

class CriticalLineTest {

  /** The table of section 3 of the design. */
  @ParameterizedTest
  @CsvSource({
    "TANH, 1, 1.1225390048, 1.1934007250, 1.3955839752, 1.5496739125, 1.8555891011",
    "ARCTAN, 1, 1.1243905624, 1.1964482649, 1.3997922335, 1.5521761775, 1.8485917854",
    "SOFTSIGN, 1, 1.3610509104, 1.5128680703, 1.8974917730, 2.1662271190, 2.6674223304",
    "ERF, 0.8862269255, 0.9936862904, 1.0555946492, 1.2336725058, 1.3713304703, 1.6487514525",
    "LOGISTIC, 10.1492637100, 10.1495619734, 10.1504564807, 10.1599716072, 10.1788595510, 10.2649929361"
  })
  void gains(
      ActivationFunction function, double a, double b, double c, double d, double e, double f) {
    CriticalLine line = new CriticalLine(function);
    double[] biases = {0, 0.05, 0.1, 0.3, 0.5, 1};
    double[] gains = {a, b, c, d, e, f};
    for (int i = 0; i < biases.length; i++) {
      assertThat(line.sigmaW(biases[i]).orElseThrow()).isCloseTo(gains[i], within(1e-10));
    }
  }

  /** Schoenholz et al. (2017) use σ_w² = 1.76 with σ_b² = 0.05. */
  @Test
  void aKnownValue() {
    double gain = new CriticalLine(ActivationFunction.TANH).sigmaW(Math.sqrt(0.05)).orElseThrow();
    assertThat(gain * gain).isCloseTo(1.760955, within(5e-7));
  }

  @Test
  void nearTheOriginItIsACubeRoot() {
    CriticalLine line = new CriticalLine(ActivationFunction.ARCTAN);
    for (double sigmaB : new double[] {1e-3, 1e-4}) {
      double expected = 1 + Math.cbrt(3 * sigmaB * sigmaB / 4);
      assertThat(line.sigmaW(sigmaB).orElseThrow())
          .isCloseTo(expected, within(5 * Math.pow(expected - 1, 2)));
    }
  }

  @Test
  void homogeneousFunctionsHaveOneGain() {
    CriticalLine relu = new CriticalLine(ActivationFunction.RELU);
    assertThat(relu.sigmaW(0).orElseThrow()).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(relu.sigmaW(1).orElseThrow()).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(relu.alpha(2, 1)).isEmpty();
    assertThat(new CriticalLine(ActivationFunction.IDENTITY).sigmaW(3)).hasValue(1);
  }

  @Test
  void logSigmoidHasNone() {
    CriticalLine line = new CriticalLine(ActivationFunction.LOG_SIGMOID);
    assertThat(line.sigmaW(0)).isEmpty();
    assertThat(line.sigmaW(1)).isEmpty();
    assertThat(line.sigmaB(1.4)).isEmpty();
    for (double q = 1e-3; q < 1e5; q *= 3) {
      assertThat(line.at(q)).isEmpty();
    }
  }

  @Test
  void pointsOfTheLineAreCritical() {
    Random random = new Random(1);
    for (ActivationFunction f : ActivationFunction.values()) {
      CriticalLine line = new CriticalLine(f);
      for (int i = 0; i < 10; i++) {
        double q = VarianceMapTest.between(random, 1e-2, 1e3);
        line.at(q)
            .ifPresent(
                point -> {
                  VarianceMap map =
                      new VarianceMap(Activation.of(f), point.sigmaW(), point.sigmaB());
                  VarianceMapTest.isClose(map.variance(q), q, 1e-12);
                  assertThat(map.factor(q)).isCloseTo(1, within(1e-12));
                });
      }
    }
  }

  /** Proposition 5 and its example. */
  @Test
  void withBiasesAScaleIsCritical() {
    CriticalLine line = new CriticalLine(ActivationFunction.TANH);
    double alpha = line.alpha(1.2, 0.3).orElseThrow();
    assertThat(alpha).isCloseTo(2.850, within(5e-4));
    assertThat(phase(alpha, 1.2, 0.3)).isEqualTo(Phase.CRITICAL);
    assertThat(phase(0.9 * alpha, 1.2, 0.3)).isEqualTo(Phase.ORDERED);
    assertThat(phase(1.1 * alpha, 1.2, 0.3)).isEqualTo(Phase.CHAOTIC);
    assertThat(line.alpha(1, 0.3)).isEmpty();
    assertThat(line.alpha(0.9, 0.3)).isEmpty();
    assertThat(line.alpha(1.2, 0)).isEmpty();
    for (double large = 1; large < 1e4; large *= 3) {
      assertThat(phase(large, 0.99, 0.3)).isEqualTo(Phase.ORDERED);
    }
  }

  /** The first term of its biases, σ_w/4, no scale touches. */
  @Test
  void theLogisticFunctionNeedsAGainOfTen() {
    CriticalLine line = new CriticalLine(ActivationFunction.LOGISTIC);
    assertThat(line.alpha(10, 1)).isEmpty();
    double alpha = line.alpha(10.2, 1).orElseThrow();
    VarianceMap map = new VarianceMap(ActivationFunction.LOGISTIC.scaled(alpha), 10.2, 1);
    assertThat(FixedPoint.of(map).factor()).isCloseTo(1, within(1e-11));
    double gain = line.sigmaW(0).orElseThrow();
    VarianceMap critical = new VarianceMap(Activation.of(ActivationFunction.LOGISTIC), gain, 0);
    assertThat(critical.saturatedShare(critical.fixedVariance())).isCloseTo(0.59, within(0.005));
  }

  @Test
  void whatIsNoStandardDeviationIsRefused() {
    CriticalLine line = new CriticalLine(ActivationFunction.TANH);
    CriticalLine relu = new CriticalLine(ActivationFunction.RELU);
    for (double none : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> line.sigmaW(none),
              () -> relu.sigmaW(none),
              () -> line.sigmaB(none),
              () -> line.alpha(none, 1),
              () -> line.alpha(2, none))) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("must be a finite number from 0 on, but is " + none);
      }
    }
  }

  private static Phase phase(double alpha, double sigmaW, double sigmaB) {
    return FixedPoint.of(new VarianceMap(ActivationFunction.TANH.scaled(alpha), sigmaW, sigmaB))
        .phase();
  }
}
