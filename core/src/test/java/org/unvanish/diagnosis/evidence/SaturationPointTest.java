package org.unvanish.diagnosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

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
    isAt(ActivationFunction.LOG_SIGMOID, Math.log(9));
    isAt(ActivationFunction.ARCTAN, 3);
    isAt(ActivationFunction.SOFTSIGN, root - 1);
  }

  private static void isAt(ActivationFunction function, double position) {
    assertThat(SaturationPoint.of(function).position()).isCloseTo(position, within(1e-9));
  }

  @Test
  void logSigmoidSaturatesOnThePositiveSideOnly() {
    SaturationPoint knee = SaturationPoint.of(ActivationFunction.LOG_SIGMOID);
    assertThat(knee.distance(-100)).isZero();
    assertThat(knee.distance(2 * Math.log(9))).isCloseTo(2, within(1e-9));
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
  }
}
