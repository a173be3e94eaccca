package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/** {@link GaussianMean} and {@link Moments} against closed forms, and against finer rules. */
class MomentsTest {

  /** Further ends of panels, so that all panels are others. */
  private static final double[] FINER = {0.07, 0.2, 0.3, 0.71, 1, 1.7, 2.3, 3, 4.1, 6.6, 9, 17};

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.01, 1, 10, 876, 1e4, 1e6})
  void theErrorFunction(double q) {
    Moments erf = Moments.of(Activation.of(ActivationFunction.ERF), q);
    isClose(erf.meanSquare(), 2 / Math.PI * Math.asin(2 * q / (1 + 2 * q)), 4e-14);
    isClose(erf.derivativeMeanSquare(), 4 / Math.PI / Math.sqrt(1 + 4 * q), 1e-14);
    isClose(erf.derivativeMeanSquareSlope(), -8 / Math.PI * Math.pow(1 + 4 * q, -1.5), 1e-9);
    isClose(erf.meanSquareSlope(), 4 / Math.PI / (1 + 2 * q) / Math.sqrt(1 + 4 * q), 1e-13);
    assertThat(erf.mean()).isZero();
  }

  /** E 1/(1 + u²)², with a = 1/q and I = √(π/(2a))·e^(a/2)·erfc√(a/2). */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 10, 876, 1e4, 1e6})
  void arctan(double q) {
    double a = 1 / q;
    double complement = 1 - ActivationFunction.ERF.value(Math.sqrt(a / 2));
    double integral = Math.sqrt(Math.PI / (2 * a)) * Math.exp(a / 2) * complement;
    Moments arctan = Moments.of(Activation.of(ActivationFunction.ARCTAN), q);
    isClose(arctan.derivativeMeanSquare(), a * (1 + (1 - a) * integral) / 2, 1e-13);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1, 1e6, 1e30})
  void relu(double q) {
    Moments relu = Moments.of(Activation.of(ActivationFunction.RELU), q);
    isClose(relu.mean(), Math.sqrt(q / (2 * Math.PI)), 1e-14);
    isClose(relu.meanSquare(), q / 2, 1e-14);
    isClose(relu.derivativeMeanSquare(), 0.5, 1e-14);
    isClose(relu.meanSquareSlope(), 0.5, 1e-14);
    isClose(relu.meanFourth(), 1.5 * q * q, 1e-13);
    isClose(relu.meanProduct(), q / 2, 1e-14);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1, 30, 399, 401, 1e6, Double.POSITIVE_INFINITY})
  void theSine(double q) {
    Moments sine = Moments.of(Activation.of(ActivationFunction.SINE), q);
    isClose(sine.meanSquare(), -Math.expm1(-2 * q) / 2, 1e-13);
    isClose(sine.derivativeMeanSquare(), (1 + Math.exp(-2 * q)) / 2, 1e-13);
    isClose(sine.meanFourth(), (3 - 4 * Math.exp(-2 * q) + Math.exp(-8 * q)) / 8, 1e-9);
    assertThat(sine.meanSquareSlope()).isCloseTo(Math.exp(-2 * q), within(1e-14));
  }

  /** A kink that a panel does not end at would show here. */
  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void otherPanelsGiveTheSame(ActivationFunction f) {
    for (double q = 1e-6; q < 1e7; q *= 7.3) {
      double fine = f == ActivationFunction.SINE ? Math.min(q, 30) : q;
      Moments moments = Moments.of(Activation.of(f), fine);
      double mean = mean(f::value, fine);
      assertThat(moments.mean())
          .as("q = %s", q)
          .isCloseTo(mean, within(1e-13 * Math.sqrt(moments.meanSquare())));
      isClose(moments.meanSquare(), mean(u -> f.value(u) * f.value(u), fine), 1e-13);
      isClose(
          moments.derivativeMeanSquare(),
          mean(u -> f.derivative(u) * f.derivative(u), fine),
          1e-13);
      isClose(moments.meanFourth(), mean(u -> Math.pow(f.value(u), 4), fine), 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void slopesAreThoseOfDifferences(ActivationFunction f) {
    Activation scaled = new Activation(f, f.scaled(1.7).scale());
    for (double q = 0.01; q < 1000; q *= 3.1) {
      double step = q * 1e-4;
      Moments before = Moments.of(scaled, q - step);
      Moments after = Moments.of(scaled, q + step);
      Moments moments = Moments.of(scaled, q);
      double squares = (after.meanSquare() - before.meanSquare()) / (2 * step);
      double slopes = (after.derivativeMeanSquare() - before.derivativeMeanSquare()) / (2 * step);
      assertThat(moments.meanSquareSlope()).isCloseTo(squares, within(1e-6 * (1 + squares)));
      assertThat(moments.derivativeMeanSquareSlope())
          .isCloseTo(slopes, within(1e-6 * moments.derivativeMeanSquare() / q));
    }
  }

  /** From q on the limits are near: at the same distance as 0 and 10¹² or so. */
  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void theEndsAreLimits(ActivationFunction f) {
    Activation activation = Activation.of(f);
    Moments zero = Moments.of(activation, 0);
    Moments small = Moments.of(activation, 1e-9);
    assertThat(zero.meanSquare()).isCloseTo(small.meanSquare(), within(1e-8));
    assertThat(zero.derivativeMeanSquare()).isCloseTo(small.derivativeMeanSquare(), within(1e-3));
    assertThat(zero.meanSquareSlope()).isCloseTo(small.meanSquareSlope(), within(1e-3));
    Moments infinite = Moments.of(activation, Double.POSITIVE_INFINITY);
    Moments large = Moments.of(activation, 1e14);
    assertThat(infinite.derivativeMeanSquare())
        .isCloseTo(large.derivativeMeanSquare(), within(1e-5));
    assertThat(infinite.meanSquareSlope()).isCloseTo(large.meanSquareSlope(), within(1e-5));
  }

  @Test
  void everyScaleIsThatOfItsInitialValue() {
    ActivationFunction f = ActivationFunction.GELU;
    for (Activation activation :
        new Activation[] {
          f.scaled(3), Activation.naive(f, 3), Activation.learned(f, 3), Activation.dynamic(f, 3)
        }) {
      double q = 0.8;
      Moments moments = Moments.of(activation, q);
      isClose(moments.mean(), mean(activation::value, q), 1e-13);
      isClose(
          moments.derivativeMeanSquare(),
          mean(u -> activation.derivative(u) * activation.derivative(u), q),
          1e-13);
    }
  }

  @Test
  void theErrorIsTold() {
    GaussianMean smooth = GaussianMean.of(Math::cos, 1);
    assertThat(smooth.value()).isCloseTo(Math.exp(-0.5), within(smooth.error()));
    assertThat(smooth.error()).isLessThan(1e-14);
    GaussianMean jump = GaussianMean.of(u -> u > 0.3 ? 1 : 0, 1);
    double share = (1 - ActivationFunction.ERF.value(0.3 / Math.sqrt(2))) / 2;
    assertThat(jump.value()).isCloseTo(share, within(3 * jump.error()));
    assertThat(jump.error()).isGreaterThan(1e-4);
    assertThat(GaussianMean.of(u -> u > 0.3 ? 1 : 0, 1, 0.3).value())
        .isCloseTo(share, within(1e-15));
    GaussianMean shifted = GaussianMean.of(u -> Math.tanh(u + 40), 1e4, -40);
    assertThat(shifted.error()).isLessThan(1e-13);
  }

  @Test
  void aNegativeVarianceIsRefused() {
    assertThatThrownBy(() -> Moments.of(Activation.of(ActivationFunction.TANH), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1.0");
    assertThatThrownBy(() -> GaussianMean.of(u -> u, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double mean(DoubleUnaryOperator g, double q) {
    return GaussianMean.of(g, q, FINER).value();
  }

  private static void isClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }
}
