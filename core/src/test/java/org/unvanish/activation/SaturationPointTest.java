package org.unvanish.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the solutions by hand. */
class SaturationPointTest {

  @Test
  void kneesAreWhereTheDerivativeIsATenthOfItsLargestValue() {
    double root = Math.sqrt(10);
    // sech² u = 1/10
    isAt(ActivationFunction.TANH, Math.log(root + 3));
    // e/(1 + e)² = 1/40 with e = exp(−u): e² − 38e + 1 = 0
    isAt(ActivationFunction.LOGISTIC, -Math.log(19 - Math.sqrt(360)));
    // 1/(1 + eᵘ) = 1/10
    isAt(ActivationFunction.LOG_SIGMOID, Double.POSITIVE_INFINITY, Math.log(9));
    isAt(ActivationFunction.ARCTAN, 3);
    isAt(ActivationFunction.SOFTSIGN, root - 1);
  }

  /** Of functions that are there beside those of the paper. */
  @Test
  void theOthersToo() {
    double root = Math.sqrt(10);
    double infinity = Double.POSITIVE_INFINITY;
    // e^(−u²) = 1/10
    isAt(ActivationFunction.ERF, Math.sqrt(Math.log(10)));
    isAt(ActivationFunction.HARD_TANH, 1);
    isAt(ActivationFunction.HARD_SIGMOID, 3);
    isAt(ActivationFunction.LECUN_TANH, 1.5 * Math.log(root + 3));
    // ¼·sech² u = 1/10 below 0
    double below = Math.log(Math.sqrt(2.5) + Math.sqrt(1.5));
    isAt(ActivationFunction.PENALISED_TANH, below, Math.log(root + 3));
    isAt(ActivationFunction.ELU, Math.log(10), infinity);
    isAt(ActivationFunction.SELU, Math.log(10), infinity);
    isAt(ActivationFunction.SOFTPLUS, Math.log(9), infinity);
    isAt(ActivationFunction.RELU, infinity);
    isAt(ActivationFunction.LEAKY_RELU, infinity);
    isAt(ActivationFunction.IDENTITY, infinity);
    isAt(ActivationFunction.SINE, infinity);
  }

  /**
   * gelu′ falls to −0.129 before it vanishes, silu′ to −0.0998; their largest are 1.129 and 1.1.
   */
  @Test
  void aSlopeBelowZeroCountsByItsSize() {
    for (ActivationFunction function : List.of(ActivationFunction.GELU, ActivationFunction.SILU)) {
      SaturationPoint point = SaturationPoint.of(function);
      assertThat(point.above()).isInfinite();
      double tenth = function.steepest() / 10;
      assertThat(Math.abs(function.derivative(-point.below()))).isCloseTo(tenth, within(1e-12));
      for (double u = point.below() + 1e-6; u < 100; u += 1e-3) {
        assertThat(Math.abs(function.derivative(-u))).isLessThan(tenth);
      }
    }
    assertThat(SaturationPoint.of(ActivationFunction.GELU).below()).isCloseTo(1.728, within(0.001));
    assertThat(SaturationPoint.of(ActivationFunction.SILU).below())
        .isCloseTo(0.8825, within(0.001));
  }

  private static void isAt(ActivationFunction function, double position) {
    isAt(function, position, position);
  }

  private static void isAt(ActivationFunction function, double below, double above) {
    SaturationPoint point = SaturationPoint.of(function);
    assertThat(point.below()).as("%s below 0", function).isCloseTo(below, within(1e-9));
    assertThat(point.above()).as("%s above 0", function).isCloseTo(above, within(1e-9));
    assertThat(point.exists()).isEqualTo(Double.isFinite(below) || Double.isFinite(above));
  }

  @Test
  void someSaturateOnOneSideOnly() {
    SaturationPoint logSigmoid = SaturationPoint.of(ActivationFunction.LOG_SIGMOID);
    assertThat(logSigmoid.distance(-100)).isZero();
    assertThat(logSigmoid.distance(2 * Math.log(9))).isCloseTo(2, within(1e-9));
    SaturationPoint softplus = SaturationPoint.of(ActivationFunction.SOFTPLUS);
    assertThat(softplus.distance(100)).isZero();
    assertThat(softplus.distance(-2 * Math.log(9))).isCloseTo(2, within(1e-9));
    assertThat(SaturationPoint.of(ActivationFunction.TANH).distance(-100)).isGreaterThan(50);
  }

  @Test
  void reluAndTheIdentityNeverSaturate() {
    assertThat(SaturationPoint.of(ActivationFunction.RELU).distance(1e9)).isZero();
    assertThat(SaturationPoint.of(ActivationFunction.IDENTITY).distance(-1e9)).isZero();
  }

  @Test
  void theCriticalGainMakesGoodForTheSlopeAtZero() {
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.TANH))).isEqualTo(1);
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.LOGISTIC)))
        .isEqualTo(4);
    assertThat(SaturationPoint.criticalGain(Activation.scaled(ActivationFunction.LOGISTIC, 5)))
        .isCloseTo(4, within(1e-12));
    assertThat(SaturationPoint.criticalGain(Activation.naive(ActivationFunction.TANH, 4)))
        .isEqualTo(0.25);
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.RELU)))
        .isEqualTo(Math.sqrt(2));
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.LEAKY_RELU)))
        .isEqualTo(Math.sqrt(2 / 1.0001));
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.HARD_SIGMOID)))
        .isCloseTo(6, within(1e-14));
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.GELU))).isEqualTo(2);
    assertThat(SaturationPoint.criticalGain(Activation.of(ActivationFunction.PENALISED_TANH)))
        .isCloseTo(Math.sqrt(32.0 / 17), within(1e-14));
    for (ActivationFunction function : ActivationFunction.values()) {
      assertThat(SaturationPoint.criticalGain(Activation.of(function))).isPositive().isFinite();
    }
  }
}
