package org.unvanish.theory.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

class ChainNetworkTest {

  static Set<ActivationFunction> functions() {
    return ChainNetwork.FUNCTIONS;
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionIsOneOfTheTheoryOrRefused(ActivationFunction function) {
    if (ChainNetwork.FUNCTIONS.contains(function)) {
      assertThat(new ChainNetwork(Activation.of(function), 1).at(1).output()).isNotNull();
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ChainNetwork(Activation.of(function), 1))
          .withMessage("the theory says nothing of " + function);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChainNetwork(Activation.dynamic(function, 0.5), 1))
        .withMessage("the theory says nothing of " + function + "(αz), α learned");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void outputAndDerivativesAreThoseOfTheHighPrecisionOracle(ActivationFunction f) {
    SplittableRandom random = new SplittableRandom(11);
    for (int n = 0; n < 25; n++) {
      double[] theta = parameters(random, random.nextInt(1, 9), 3);
      double x = random.nextDouble(-3, 3);
      double alpha = Math.exp(random.nextDouble(-2, 4));
      ChainPass pass = new ChainNetwork(Activation.scaled(f, alpha), theta).at(x);
      ExactChain exact = new ExactChain(f, alpha, alpha, x, theta);
      assertThat(relativeError(pass.output(), exact.output())).isLessThan(1e-12);
      for (int k = 1; k <= theta.length; k++) {
        assertThat(relativeError(pass.derivative(k), exact.derivative(k)))
            .as("%s, alpha %s, x %s, theta %s, k %d", f, alpha, x, Arrays.toString(theta), k)
            .isLessThan(1e-12);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void naiveScalingIsThatOfTheOracle(ActivationFunction f) {
    double[] theta = {0.7, -1.2, 0.4};
    ChainPass pass = new ChainNetwork(Activation.naive(f, 2.5), theta).at(0.9);
    Apfloat exact = new ExactChain(f, 2.5, 1, 0.9, theta).derivative(1);
    assertThat(relativeError(pass.derivative(1), exact)).isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {50, -50})
  void argumentsFarOutKeepTheirDigits(double z) {
    for (ActivationFunction f : ChainNetwork.FUNCTIONS) {
      ChainPass pass = new ChainNetwork(Activation.of(f), 1.5, z).at(1);
      Apfloat exact = new ExactChain(f, 1, 1, 1, 1.5, z).derivative(1);
      assertThat(relativeError(pass.derivative(1), exact)).as("%s at %s", f, z).isLessThan(1e-12);
    }
  }

  @Test
  void whereDoublesUnderflowTheDerivativeIsThatOfItsLeadingTerm() {
    // 4·e^(−2·5000): the digits left out are those of e^(−20000).
    Apfloat exact = ApfloatMath.exp(ExactChain.number(-10_000)).multiply(ExactChain.number(4));
    ChainPass pass = new ChainNetwork(Activation.of(ActivationFunction.TANH), 5000).at(1);
    assertThat(relativeError(pass.derivative(1), exact)).isLessThan(1e-12);
    assertThat(pass.derivative(1).toDouble()).isZero();
    assertThat(pass.derivative(1).toString()).startsWith("4.54193546125894").endsWith("E-4343");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void chainsOfAThousandNeuronsKeepTheirDigits(ActivationFunction f) {
    double[] theta = parameters(new SplittableRandom(5), 1000, 1);
    // Positive, so that relu passes something on; around 1 for log-sigmoid, which is unbounded.
    Arrays.setAll(theta, i -> 1 + (f == ActivationFunction.LOG_SIGMOID ? 0.4 : 1) * theta[i]);
    ChainPass pass = new ChainNetwork(Activation.of(f), theta).at(1.25);
    Apfloat exact = new ExactChain(f, 1, 1, 1.25, theta).derivative(1);
    assertThat(relativeError(pass.derivative(1), exact)).isLessThan(1e-11);
  }

  @ParameterizedTest
  @CsvSource({"1, 3.8e-4, 1e-5", "2, 6.1e-3, 1e-4", "10, 0.989, 1e-3", "1000, 11.385, 1e-3"})
  void theGradientOfTheManyLayersRegimeIsTheKnownOne(double alpha, double known, double error) {
    assertThat(manyLayers(alpha).derivative(1).toDouble()).isCloseTo(known, within(error));
  }

  @Test
  void theLimitForLargeScalesIsTheProductOfTheParameters() {
    assertThat(manyLayers(1e9).derivative(1).toDouble()).isCloseTo(11.390625, within(1e-13));
  }

  @Test
  void thePapersFormulaDiffersInTheFirstParameterOnly() {
    ChainPass pass =
        new ChainNetwork(Activation.scaled(ActivationFunction.TANH, 2), 0.5, -1.25, 2).at(3);
    assertThat(pass.paperDerivative(2)).isEqualTo(pass.derivative(2));
    assertThat(pass.paperDerivative(3)).isEqualTo(pass.derivative(3));
    // α where x should be.
    assertThat(pass.paperDerivative(1).toDouble())
        .isCloseTo(pass.derivative(1).toDouble() * 2 / 3, within(1e-15));
  }

  @Test
  void gradientsOfTheLossAreItsDifferenceQuotients() {
    double[] theta = {0.8, -1.1, 0.6};
    double step = 1e-6;
    for (int k = 1; k <= 3; k++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[k - 1] += step;
      down[k - 1] -= step;
      double quotient = (loss(up).value().toDouble() - loss(down).value().toDouble()) / (2 * step);
      assertThat(loss(theta).totalGradient(k).toDouble()).isCloseTo(quotient, within(1e-9));
      assertThat(loss(theta).penaltyGradient(k).toDouble()).isEqualTo(0.3 * theta[k - 1]);
    }
    assertThat(loss(theta).d().toDouble())
        .isCloseTo(2 * (-0.7 - pass(theta).output().toDouble()), within(1e-15));
  }

  @Test
  void badArgumentsAreRefused() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChainNetwork(tanh))
        .withMessageContaining("l = 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChainNetwork(tanh, 1, Double.NaN))
        .withMessageContaining("theta 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Activation.scaled(ActivationFunction.TANH, 0));
    ChainNetwork chain = new ChainNetwork(tanh, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> chain.at(Double.NaN));
    ChainPass pass = chain.at(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new ChainLoss(pass, 1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChainLoss(pass, Double.NaN, 0));
    assertThatThrownBy(() -> pass.derivative(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> pass.derivative(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static ChainPass manyLayers(double alpha) {
    double[] theta = new double[6];
    Arrays.fill(theta, 1.5);
    return new ChainNetwork(Activation.scaled(ActivationFunction.TANH, alpha), theta).at(1.5);
  }

  private static ChainPass pass(double... theta) {
    return new ChainNetwork(Activation.of(ActivationFunction.TANH), theta).at(1.3);
  }

  private static ChainLoss loss(double... theta) {
    return new ChainLoss(pass(theta), -0.7, 0.3);
  }

  private static double[] parameters(SplittableRandom random, int length, double bound) {
    return random.doubles(length, -bound, bound).toArray();
  }

  private static double relativeError(WideNumber found, Apfloat exact) {
    if (exact.signum() == 0) {
      return found.sign() == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    Apfloat wide =
        ExactChain.number(found.significand())
            .multiply(ApfloatMath.pow(ExactChain.number(2), found.exponent()));
    return ApfloatMath.abs(wide.divide(exact).subtract(ExactChain.number(1))).doubleValue();
  }
}
