package org.unvanish.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

  private final Random random = new Random(20220);

  private double argument() {
    return random.nextDouble(-15, 15);
  }

  private double alpha() {
    return Math.pow(10, random.nextDouble(-1, 1.5));
  }

  @ParameterizedTest
  @EnumSource
  void aScaledFunctionIsAlphaTimesTheFunctionOfZOverAlpha(ActivationFunction function) {
    for (int i = 0; i < 500; i++) {
      double z = argument();
      double alpha = alpha();
      double expected = alpha * function.value(z / alpha);
      assertThat(Activation.scaled(function, alpha).value(z))
          .isCloseTo(expected, within(1e-14 * (1 + Math.abs(z))));
      assertThat(Activation.learned(function, alpha).value(z))
          .isEqualTo(Activation.scaled(function, alpha).value(z));
      assertThat(Activation.scaled(function, alpha).derivative(z))
          .isCloseTo(function.derivative(z / alpha), within(1e-13));
    }
  }

  @ParameterizedTest
  @EnumSource
  void alphaOneChangesNothing(ActivationFunction function) {
    for (int i = 0; i < 100; i++) {
      double z = argument();
      assertThat(Activation.scaled(function, 1).value(z)).isEqualTo(function.value(z));
      assertThat(Activation.scaled(function, 1).derivative(z)).isEqualTo(function.derivative(z));
      assertThat(Activation.scaled(function, 1 + 1e-9).value(z))
          .isCloseTo(function.value(z), within(1e-7));
    }
    assertThat(Activation.scaled(function, 1)).isEqualTo(Activation.of(function));
  }

  @ParameterizedTest
  @EnumSource
  void derivativesAreThoseOfTheValues(ActivationFunction function) {
    for (int i = 0; i < 500; i++) {
      double z = argument();
      double alpha = alpha();
      for (Activation activation :
          new Activation[] {
            Activation.of(function),
            Activation.scaled(function, alpha),
            Activation.learned(function, alpha),
            Activation.dynamic(function, alpha),
            Activation.naive(function, alpha)
          }) {
        // The error of a difference grows with the third derivative, that of f(αz) with α³.
        double h = activation.scale() instanceof Scale.Dynamic ? 1e-5 / Math.max(1, alpha) : 1e-5;
        if (Kinks.isNear(function, activation.inner() * z, activation.inner() * h)) {
          continue;
        }
        double slope = (activation.value(z + h) - activation.value(z - h)) / (2 * h);
        assertThat(activation.derivative(z))
            .as("(%s)′ at %s", activation, z)
            .isCloseTo(slope, within(1e-7 * (1 + alpha)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDerivativeByTheScaleIsThatOfTheValue(ActivationFunction function) {
    for (int i = 0; i < 500; i++) {
      double z = argument();
      double alpha = alpha();
      assertScaleDerivative(a -> Activation.scaled(function, a), alpha, z, 1e-5 * alpha);
      assertScaleDerivative(a -> Activation.learned(function, a), alpha, z, 1e-5 * alpha);
      assertScaleDerivative(a -> Activation.naive(function, a), alpha, z, 1e-5 * alpha);
      // The third derivative of f(αz) by α grows with z³.
      double h = 1e-5 * alpha / Math.max(1, Math.abs(alpha * z));
      assertScaleDerivative(a -> Activation.dynamic(function, a), alpha, z, h);
    }
  }

  private static void assertScaleDerivative(
      DoubleFunction<Activation> byScale, double alpha, double z, double h) {
    Activation activation = byScale.apply(alpha);
    double u = activation.inner() * z;
    // Where α is a part of u, that moves by the same share as α.
    if (Kinks.isNear(activation.function(), u, 2 * Math.abs(u) * h / alpha)) {
      return;
    }
    double slope =
        (byScale.apply(alpha + h).value(z) - byScale.apply(alpha - h).value(z)) / (2 * h);
    assertThat(activation.scaleDerivative(z))
        .as("∂/∂α of %s at %s", activation, z)
        .isCloseTo(slope, within(1e-6 * (1 + Math.abs(z) / alpha)));
  }

  /** Ven &amp; Lederer (2021), section 2.3, of relu: α·f(z/α) = f(z) for all α above 0. */
  @ParameterizedTest
  @EnumSource
  void scalingLeavesExactlyTheHomogeneousFunctionsAsTheyAre(ActivationFunction function) {
    int same = 0;
    for (int i = 0; i < 500; i++) {
      double z = argument();
      double scaled = Activation.scaled(function, alpha()).value(z);
      same += Math.abs(scaled - function.value(z)) <= 4 * Math.ulp(z) ? 1 : 0;
    }
    assertThat(same == 500).isEqualTo(function.isHomogeneous());
    // Of the others, some are the same for some arguments: those that are linear there.
    if (!function.isHomogeneous()) {
      assertThat(same).isLessThan(400);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLearnedScaleOfAHomogeneousFunctionHasNoGradient(ActivationFunction function) {
    double largest = 0;
    for (int i = 0; i < 500; i++) {
      double z = argument();
      largest = Math.max(largest, Math.abs(Activation.learned(function, 2).scaleDerivative(z)));
    }
    assertThat(largest < 1e-14).isEqualTo(function.isHomogeneous());
  }

  @Test
  void scalingLeavesReluAndTheIdentityAsTheyAre() {
    for (int i = 0; i < 500; i++) {
      double z = argument();
      double alpha = alpha();
      Activation relu = Activation.scaled(ActivationFunction.RELU, alpha);
      assertThat(relu.value(z)).isCloseTo(Math.max(z, 0), within(Math.ulp(2 * z)));
      assertThat(relu.derivative(z)).isCloseTo(z > 0 ? 1 : 0, within(1e-15));
      assertThat(relu.scaleDerivative(z)).isZero();
      Activation identity = Activation.scaled(ActivationFunction.IDENTITY, alpha);
      assertThat(identity.value(z)).isCloseTo(z, within(Math.ulp(2 * z)));
    }
  }

  /** Ven &amp; Lederer (2021), section 2.3: the inner scales of nested layers cancel. */
  @ParameterizedTest
  @EnumSource
  void nestedScaledFunctionsScaleOnce(ActivationFunction function) {
    for (int i = 0; i < 500; i++) {
      double z = argument();
      double alpha = alpha();
      Activation scaled = Activation.scaled(function, alpha);
      double expected = alpha * function.value(function.value(z / alpha));
      assertThat(scaled.value(scaled.value(z)))
          .isCloseTo(expected, within(1e-13 * (1 + Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-800, -50, -1e-300, -1e-310, 0, 1e-310, 1e-300, 50, 800})
  void extremeArgumentsGiveFiniteResults(double z) {
    for (ActivationFunction function : ActivationFunction.values()) {
      for (double alpha : new double[] {1e-30, 0.1, 1, 2, 1000, 1e30}) {
        Activation scaled = Activation.learned(function, alpha);
        assertThat(scaled.value(z)).isFinite();
        assertThat(scaled.derivative(z)).isFinite();
        assertThat(scaled.scaleDerivative(z)).isFinite();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        -1,
        9e-31,
        1.1e30,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void aScaleOutOfRangeIsRefusedByNameAndValue(double scale) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.scaled(ActivationFunction.TANH, scale))
        .withMessage("alpha must be a number from 1e-30 to 1e30, but is " + scale);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.learned(ActivationFunction.TANH, scale))
        .withMessageStartingWith("initialAlpha must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.naive(ActivationFunction.TANH, scale))
        .withMessageStartingWith("factor must be");
  }

  @Test
  void legendsNameTheFunctionAndItsScale() {
    ActivationFunction tanh = ActivationFunction.TANH;
    assertThat(Activation.of(tanh)).hasToString("tanh");
    assertThat(Activation.scaled(tanh, 2)).hasToString("tanh, α = 2");
    assertThat(Activation.scaled(tanh, 0.5)).hasToString("tanh, α = 0.5");
    assertThat(Activation.learned(tanh, 2)).hasToString("tanh, α learned");
    assertThat(Activation.naive(tanh, 2)).hasToString("2·tanh");
  }

  @Test
  void onlyALearnedScaleIsLearned() {
    ActivationFunction tanh = ActivationFunction.TANH;
    assertThat(Activation.learned(tanh, 1).isLearned()).isTrue();
    assertThat(Activation.scaled(tanh, 1).isLearned()).isFalse();
    assertThat(Activation.naive(tanh, 1).isLearned()).isFalse();
    assertThat(Activation.dynamic(tanh, 1).isLearned()).isTrue();
  }

  @Test
  void aDynamicScaleIsInFrontOfZAlone() {
    Activation dynamic = Activation.dynamic(ActivationFunction.TANH, 0.5);
    for (double z = -5; z <= 5; z += 0.25) {
      assertThat(dynamic.value(z)).isEqualTo(StrictMath.tanh(0.5 * z));
      assertThat(dynamic.derivative(z)).isEqualTo(0.5 * ActivationFunction.TANH.derivative(z / 2));
      assertThat(dynamic.scaleDerivative(z))
          .isCloseTo(z * ActivationFunction.TANH.derivative(z / 2), within(1e-15));
    }
    assertThat(dynamic.times(3)).isEqualTo(dynamic);
    assertThat(dynamic).hasToString("tanh(αz), α learned");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.dynamic(ActivationFunction.TANH, -1))
        .withMessageStartingWith("initialAlpha must be");
  }
}
