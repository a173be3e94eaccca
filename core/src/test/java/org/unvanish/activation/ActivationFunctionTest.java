package org.unvanish.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationFunctionTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** As the Javadoc states it, in units in the last place. */
  private static final double STATED_ERROR = 4;

  private static double[] arguments() {
    Random random = new Random(20210);
    DoubleStream magnitudes =
        DoubleStream.concat(
            DoubleStream.of(
                0,
                Double.MIN_VALUE,
                1e-310,
                Double.MIN_NORMAL,
                1e-300,
                1e-17,
                0.5,
                1,
                1.3,
                50,
                372,
                700,
                720,
                745.2,
                800),
            random.doubles(60, -12, 2.8).map(exponent -> Math.pow(10, exponent)));
    return magnitudes.flatMap(z -> DoubleStream.of(z, -z)).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreAsExactAsStated(ActivationFunction function) {
    for (double z : arguments()) {
      assertClose(function.value(z), Exact.value(function, z), function + " at " + z);
    }
  }

  @ParameterizedTest
  @EnumSource
  void derivativesAreAsExactAsStated(ActivationFunction function) {
    for (double z : arguments()) {
      assertClose(function.derivative(z), Exact.derivative(function, z), function + "′ at " + z);
    }
  }

  private static void assertClose(double actual, double exact, String what) {
    assertThat(Math.abs(actual - exact) / Math.ulp(exact))
        .as("%s: %s, not %s", what, actual, exact)
        .isLessThanOrEqualTo(STATED_ERROR);
  }

  @ParameterizedTest
  @EnumSource
  void derivativesAreThoseOfTheValues(ActivationFunction function) {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      double z = random.nextDouble(-20, 20);
      double h = 1e-5;
      if (function == ActivationFunction.RELU && Math.abs(z) < h) {
        continue;
      }
      double slope = (function.value(z + h) - function.value(z - h)) / (2 * h);
      assertThat(function.derivative(z))
          .as("%s′ at %s", function, z)
          .isCloseTo(slope, within(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nanGivesNan(ActivationFunction function) {
    assertThat(function.value(Double.NaN)).isNaN();
    assertThat(function.derivative(Double.NaN)).isNaN();
  }

  @Test
  void infiniteArgumentsGiveTheLimits() {
    assertLimits(ActivationFunction.TANH, -1, 1, 0, 0);
    assertLimits(ActivationFunction.LOGISTIC, 0, 1, 0, 0);
    assertLimits(ActivationFunction.LOG_SIGMOID, -INFINITY, 0, 1, 0);
    assertLimits(ActivationFunction.ARCTAN, -Math.PI / 2, Math.PI / 2, 0, 0);
    assertLimits(ActivationFunction.SOFTSIGN, -1, 1, 0, 0);
    assertLimits(ActivationFunction.RELU, 0, INFINITY, 0, 1);
    assertLimits(ActivationFunction.IDENTITY, -INFINITY, INFINITY, 1, 1);
  }

  private static void assertLimits(
      ActivationFunction function,
      double below,
      double above,
      double slopeBelow,
      double slopeAbove) {
    assertThat(function.value(-INFINITY)).as("%s", function).isEqualTo(below);
    assertThat(function.value(INFINITY)).as("%s", function).isEqualTo(above);
    assertThat(function.derivative(-INFINITY)).as("%s′", function).isEqualTo(slopeBelow);
    assertThat(function.derivative(INFINITY)).as("%s′", function).isEqualTo(slopeAbove);
    // The largest numbers behave like infinity, without overflow on the way.
    assertThat(function.derivative(Double.MAX_VALUE)).as("%s′", function).isEqualTo(slopeAbove);
  }

  @Test
  void reluHasSlopeZeroAtZero() {
    assertThat(ActivationFunction.RELU.derivative(0)).isZero();
    assertThat(ActivationFunction.RELU.derivative(Double.MIN_VALUE)).isEqualTo(1);
  }

  @Test
  void saturationLeavesASmallDerivativeNotNone() {
    assertThat(ActivationFunction.TANH.derivative(50)).isCloseTo(1.488030e-43, within(1e-48));
    assertThat(ActivationFunction.LOGISTIC.derivative(-100)).isCloseTo(3.720076e-44, within(1e-49));
  }

  @Test
  void theLabelsAreTheWordsOfSpecsAndFigures() {
    assertThat(Arrays.stream(ActivationFunction.values()).map(ActivationFunction::label))
        .containsExactly(
            "tanh", "logistic", "log-sigmoid", "arctan", "softsign", "relu", "identity");
  }
}
