package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

class TypicalFactorTest {

  private static final double TWO_LN_TEN = 2 * Math.log(10);

  /** The integrals of section 5 against ψ and ψ′. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 3, 7.5, 30, 1000, 1e5})
  void weightsAlone(double n) {
    TypicalFactor exact = TypicalFactor.linear(n);
    TypicalFactor integral =
        TypicalFactor.of(Activation.of(ActivationFunction.IDENTITY), 2, 0.7, n);
    assertThat(integral.mean()).isCloseTo(exact.mean() + Math.log(4), within(1e-10));
    assertThat(integral.variance()).isCloseTo(exact.variance(), within(1e-9));
  }

  @Test
  void knownValuesOfPsi() {
    double euler = 0.57721566490153286061;
    assertThat(TypicalFactor.linear(2).mean()).isCloseTo(-euler, within(1e-15));
    assertThat(TypicalFactor.linear(1).mean()).isCloseTo(-euler - Math.log(2), within(1e-14));
    assertThat(TypicalFactor.linear(2).variance()).isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
    assertThat(TypicalFactor.linear(1).variance()).isCloseTo(Math.PI * Math.PI / 2, within(1e-14));
    assertThat(TypicalFactor.linear(1e6).variance()).isCloseTo(2e-6, within(3e-12));
  }

  @Test
  void narrowLayersNeedMoreGain() {
    assertThat(TypicalFactor.criticalGain(8)).isCloseTo(1.0673, within(5e-5));
    assertThat(TypicalFactor.criticalGain(3)).isCloseTo(1.2026, within(5e-5));
  }

  /** Hanin (2018): 5/n. */
  @Test
  void relu() {
    TypicalFactor relu =
        TypicalFactor.of(Activation.of(ActivationFunction.RELU), Math.sqrt(2), 1, 1000);
    assertThat(relu.variance()).isCloseTo(5e-3, withinPercentage(1));
    assertThat(relu.mean()).isCloseTo(-2.5e-3, withinPercentage(1));
    TypicalFactor one =
        TypicalFactor.of(Activation.of(ActivationFunction.RELU), Math.sqrt(2), 1, 1);
    assertThat(one.dead()).isCloseTo(0.5, within(1e-15));
    // S = 2g² where the unit is on
    assertThat(one.mean()).isCloseTo(TypicalFactor.linear(1).mean() + Math.log(2), within(1e-9));
    assertThat(one.variance()).isCloseTo(TypicalFactor.linear(1).variance(), within(1e-8));
  }

  /** One unit: ln S = ln σ_w² + ln f′² + ln g², and the three are independent. */
  @ParameterizedTest
  @EnumSource(
      value = ActivationFunction.class,
      names = {"TANH", "LOGISTIC", "ARCTAN", "SOFTSIGN", "ERF", "SOFTPLUS", "ELU", "LEAKY_RELU"})
  void oneUnit(ActivationFunction f) {
    for (double q : new double[] {0.01, 1, 50, 500}) {
      TypicalFactor factor = TypicalFactor.of(f.scaled(0.5), 3, q / 4, 1);
      double mean = GaussianMean.of(u -> 2 * Math.log(f.derivative(u)), q).value();
      double square = GaussianMean.of(u -> Math.pow(2 * Math.log(f.derivative(u)), 2), q).value();
      TypicalFactor normal = TypicalFactor.linear(1);
      if (Double.isFinite(square)) {
        assertThat(factor.mean())
            .isCloseTo(Math.log(9) + mean + normal.mean(), within(1e-4 * (1 - mean)));
        assertThat(factor.variance())
            .isCloseTo(square - mean * mean + normal.variance(), withinPercentage(0.01));
      }
    }
  }

  @Test
  void drawnLayers() {
    Random random = new Random(5);
    Activation tanh = ActivationFunction.TANH.scaled(2);
    int n = 5;
    int draws = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double s = 0;
      for (int unit = 0; unit < n; unit++) {
        double slope = tanh.derivative(4 * random.nextGaussian()) * random.nextGaussian();
        s += 2.25 / n * slope * slope;
      }
      sum += Math.log(s);
      squares += Math.log(s) * Math.log(s);
    }
    TypicalFactor factor = TypicalFactor.of(tanh, 1.5, 16, n);
    double variance = squares / draws - sum / draws * (sum / draws);
    assertThat(factor.mean()).isCloseTo(sum / draws, within(4 * Math.sqrt(variance / draws)));
    assertThat(factor.variance()).isCloseTo(variance, withinPercentage(2));
  }

  /** The formula rows of section 5's table: tanh with weights from −10 to 10. */
  @ParameterizedTest
  @CsvSource({
    "3, -1.74, 0.37",
    "8, -0.92, 0.48",
    "16, -0.43, 0.55",
    "27, -0.13, 0.60",
    "32, -0.04, 0.62",
    "64, 0.26, 0.70",
    "128, 0.48, 0.77"
  })
  void largeParameters(int n, double typical, double rms) {
    VarianceMap map = uniform(10, n);
    double q = map.fixedVariance();
    assertThat(TypicalFactor.of(map.activation(), map.sigmaW(), q, n).mean() / TWO_LN_TEN)
        .isCloseTo(typical, within(0.0051));
    assertThat(Math.log(map.factor(q)) / TWO_LN_TEN).isCloseTo(rms, within(0.0052));
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 9", "3, 11", "5, 16", "10, 35", "20, 87", "50, 326"})
  void theWidthFromWhichTheGradientGrows(double bound, int width) {
    assertThat(typical(bound, width)).isPositive();
    assertThat(typical(bound, width - 1)).isNegative();
  }

  @Test
  void largeVariancesOfRawPixels() {
    TypicalFactor factor = TypicalFactor.of(Activation.of(ActivationFunction.TANH), 1, 1e6, 1000);
    assertThat(factor.mean()).isLessThan(Math.log(5.4e-4));
    assertThat(factor.dead()).isLessThan(1e-50);
    TypicalFactor infinite =
        TypicalFactor.of(Activation.of(ActivationFunction.TANH), 1, Double.POSITIVE_INFINITY, 1000);
    assertThat(infinite.dead()).isEqualTo(1);
    assertThat(infinite.mean()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void noUnitsAreRefused() {
    assertThatThrownBy(() -> TypicalFactor.linear(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("units");
  }

  /** What f′ and the weights do to the mean energy. */
  @Test
  void infinitelyManyUnitsDoNotFluctuate() {
    VarianceMap map = new VarianceMap(Activation.of(ActivationFunction.TANH), 1.5, 0);
    double infinity = Double.POSITIVE_INFINITY;
    TypicalFactor wide = TypicalFactor.of(map.activation(), 1.5, 2, infinity);
    assertThat(wide.mean()).isCloseTo(Math.log(map.factor(2)), within(1e-12));
    assertThat(wide).isEqualTo(new TypicalFactor(wide.mean(), 0, 0));
    assertThat(TypicalFactor.linear(infinity)).isEqualTo(new TypicalFactor(0, 0, 0));
    assertThat(TypicalFactor.criticalGain(infinity)).isEqualTo(1);
    assertThat(TypicalFactor.of(map.activation(), 1.5, 1, 1e300).variance()).isBetween(0.0, 1e-15);
    DenseStack stack = DenseStack.equal(map, infinity, 5, 1);
    assertThat(stack.lnTypical(0)).isCloseTo(stack.lnMean(0), within(1e-12));
    assertThat(stack.varianceOfLn(0)).isZero();
  }

  @Test
  void weightsOfNothingLetNothingPass() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThat(TypicalFactor.of(tanh, 0, 2, 8))
        .isEqualTo(new TypicalFactor(Double.NEGATIVE_INFINITY, 0, 1));
    for (double none : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TypicalFactor.of(tanh, none, 2, 8))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sigmaW");
    }
  }

  private static double typical(double bound, int n) {
    VarianceMap map = uniform(bound, n);
    return TypicalFactor.of(map.activation(), map.sigmaW(), map.fixedVariance(), n).mean();
  }

  private static VarianceMap uniform(double bound, int n) {
    return new VarianceMap(Activation.of(ActivationFunction.TANH), bound * Math.sqrt(n / 3.0), 0);
  }
}
