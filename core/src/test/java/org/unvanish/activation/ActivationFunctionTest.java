package org.unvanish.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationFunctionTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** As the Javadoc states it, in units in the last place. */
  private static final double STATED_ERROR = 4;

  /** As the Javadoc states it for derivatives near their roots. */
  private static final Offset<Double> ROOT = within(1e-15);

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
                0.7518,
                1,
                1.2785,
                1.3,
                Math.nextDown(3.0),
                Math.PI,
                26.5,
                37.5,
                38.5,
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
      double exact = Exact.derivative(function, z);
      if (isNearRoot(function, z)) {
        assertThat(function.derivative(z)).as("%s′ at %s", function, z).isCloseTo(exact, ROOT);
      } else {
        assertClose(function.derivative(z), exact, function + "′ at " + z);
      }
    }
  }

  /** Where f′ is less than a tenth and about to change its sign, and no tail. */
  private static boolean isNearRoot(ActivationFunction function, double z) {
    return switch (function) {
      case GELU -> z > -0.9 && z < -0.6;
      case SILU -> z > -1.5 && z < -1.1;
      default -> false;
    };
  }

  @Test
  void nearItsRootsTheErrorOfADerivativeIsAbsolute() {
    for (int i = -100; i <= 100; i++) {
      for (ActivationFunction function :
          new ActivationFunction[] {ActivationFunction.GELU, ActivationFunction.SILU}) {
        double root = function == ActivationFunction.GELU ? -0.7517915247 : -1.2784645427;
        double z = root + i * 1e-3;
        assertThat(function.derivative(z)).isCloseTo(Exact.derivative(function, z), ROOT);
      }
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
      if (Kinks.isNear(function, z, h)) {
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
    assertLimits(ActivationFunction.ERF, -1, 1, 0, 0);
    assertLimits(ActivationFunction.HARD_TANH, -1, 1, 0, 0);
    assertLimits(ActivationFunction.HARD_SIGMOID, 0, 1, 0, 0);
    assertLimits(ActivationFunction.LECUN_TANH, -1.7159, 1.7159, 0, 0);
    assertLimits(ActivationFunction.PENALISED_TANH, -0.25, 1, 0, 0);
    assertLimits(ActivationFunction.GELU, -0.0, INFINITY, 0, 1);
    assertLimits(ActivationFunction.SILU, -0.0, INFINITY, 0, 1);
    assertLimits(ActivationFunction.ELU, -1, INFINITY, 0, 1);
    assertLimits(
        ActivationFunction.SELU,
        -1.0507009873554805 * 1.6732632423543772,
        INFINITY,
        0,
        1.0507009873554805);
    assertLimits(ActivationFunction.LEAKY_RELU, -INFINITY, INFINITY, 0.01, 1);
    assertLimits(ActivationFunction.SOFTPLUS, 0, INFINITY, 0, 1);
  }

  @Test
  void aSineHasNoLimitAndIsExactForHugeArguments() {
    assertThat(ActivationFunction.SINE.value(INFINITY)).isNaN();
    assertThat(ActivationFunction.SINE.derivative(-INFINITY)).isNaN();
    // 10²² is the largest power of ten that is a double: a common test of range reduction.
    assertThat(ActivationFunction.SINE.value(1e22)).isCloseTo(-0.8522008497671888, within(1e-15));
    assertThat(ActivationFunction.SINE.derivative(1e22))
        .isCloseTo(0.5232147853951389, within(1e-15));
  }

  @Test
  void whereASlopeJumpsItsDerivativeIsPyTorchs() {
    assertThat(ActivationFunction.HARD_TANH.derivative(1)).isZero();
    assertThat(ActivationFunction.HARD_TANH.derivative(-1)).isZero();
    assertThat(ActivationFunction.HARD_SIGMOID.derivative(3)).isZero();
    assertThat(ActivationFunction.HARD_SIGMOID.derivative(-3)).isZero();
    assertThat(ActivationFunction.LEAKY_RELU.derivative(0)).isEqualTo(0.01);
    assertThat(ActivationFunction.PENALISED_TANH.derivative(0)).isEqualTo(0.25);
    assertThat(ActivationFunction.SELU.derivative(0))
        .isEqualTo(1.0507009873554805 * 1.6732632423543772);
    assertThat(ActivationFunction.ELU.derivative(0)).isEqualTo(1);
  }

  /** The values of PyTorch 2 at 1 and −1, to the digits that it prints. */
  @Test
  void namesMeanWhatTheyMeanElsewhere() {
    assertValues(ActivationFunction.ERF, 0.8427, -0.8427);
    assertValues(ActivationFunction.HARD_SIGMOID, 0.6667, 0.3333);
    assertValues(ActivationFunction.LECUN_TANH, 1.0000, -1.0000);
    assertValues(ActivationFunction.PENALISED_TANH, 0.7616, -0.1904);
    assertValues(ActivationFunction.GELU, 0.8413, -0.1587);
    assertValues(ActivationFunction.SILU, 0.7311, -0.2689);
    assertValues(ActivationFunction.ELU, 1, -0.6321);
    assertValues(ActivationFunction.SELU, 1.0507, -1.1113);
    assertValues(ActivationFunction.LEAKY_RELU, 1, -0.01);
    assertValues(ActivationFunction.SOFTPLUS, 1.3133, 0.3133);
    assertValues(ActivationFunction.SINE, 0.8415, -0.8415);
  }

  private static void assertValues(ActivationFunction function, double one, double minusOne) {
    assertThat(function.value(1)).as("%s(1)", function).isCloseTo(one, within(5e-5));
    assertThat(function.value(-1)).as("%s(−1)", function).isCloseTo(minusOne, within(5e-5));
  }

  @ParameterizedTest
  @EnumSource
  void noSlopeIsSteeperThanTheSteepest(ActivationFunction function) {
    double largest = 0;
    for (double z = -60; z <= 60; z += 1.0 / 1024) {
      largest = Math.max(largest, Math.abs(function.derivative(z)));
    }
    assertThat(largest)
        .isLessThanOrEqualTo(function.steepest() * (1 + 1e-15))
        .isGreaterThan(function.steepest() * (1 - 1e-5));
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
    assertThat(function.derivative(-Double.MAX_VALUE)).as("%s′", function).isEqualTo(slopeBelow);
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
            "tanh",
            "logistic",
            "log-sigmoid",
            "arctan",
            "softsign",
            "relu",
            "identity",
            "erf",
            "hard-tanh",
            "hard-sigmoid",
            "lecun-tanh",
            "penalised-tanh",
            "gelu",
            "silu",
            "elu",
            "selu",
            "leaky-relu",
            "softplus",
            "sine");
  }

  @Test
  void rectifiersPassOnOnlyWhatIsPositive() {
    assertThat(Stream.of(ActivationFunction.values()).filter(ActivationFunction::isRectifier))
        .containsExactly(
            ActivationFunction.RELU,
            ActivationFunction.GELU,
            ActivationFunction.SILU,
            ActivationFunction.ELU,
            ActivationFunction.SELU,
            ActivationFunction.LEAKY_RELU,
            ActivationFunction.SOFTPLUS);
  }
}
