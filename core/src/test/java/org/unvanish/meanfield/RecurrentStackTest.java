package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.network.RecurrentNetwork;
import org.unvanish.theory.network.RecurrentPass;

/** Against the numbers of the design (section 11), and against networks of its own. */
class RecurrentStackTest {

  private static final double TWO_LN_TEN = 2 * Math.log(10);
  private static final double DRIVE = 0.5;

  /** Networks had seen states that are at their fixed point when counting began. */
  private static final int WARM_UP = 20;

  private static final int STEPS = 60;

  /** Theory and Monte Carlo of another program: 600 units, 60 steps, errors 0.003. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, -0.545, -0.547",
    "1, 2, -0.304, -0.310",
    "1.2, 2, -0.101, -0.104",
    "1.2, 4, -0.0116, -0.0085"
  })
  void aStepOfALongSequenceIsThatOfTheDesign(
      double sigmaW, double alpha, double theory, double measured) {
    RecurrentStack stack = stack(sigmaW, alpha, 200);
    double factor = stack.lnFactor(200);
    assertThat(factor).isCloseTo(theory, within(5e-4));
    assertThat(factor).isCloseTo(measured, within(3 * 0.003));
    assertThat(factor)
        .isCloseTo(Math.log(FixedPoint.of(map(sigmaW, alpha)).factor()), within(1e-9));
  }

  /** Decades of amplitude over 100 steps of a long sequence. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, -11.8",
    "1, 2, -6.6",
    "1, 8, -1.8",
    "1.2, 1, -6.3",
    "1.2, 2, -2.2",
    "1.2, 4, -0.25"
  })
  void aHundredStepsAreThoseOfTheDesign(double sigmaW, double alpha, double decades) {
    RecurrentStack stack = stack(sigmaW, alpha, 500);
    double theory = (stack.lnMean(101) - stack.lnMean(1)) / TWO_LN_TEN;
    assertThat(theory).isCloseTo(decades, within(decades == -0.25 ? 0.005 : 0.05));
  }

  /** docs/theory.md: of χ₁, from h₀ = 0 on, and the critical scale, if there is one. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, -11.83, -11.76, 0",
    "1, 2, -6.61, -6.51, 0",
    "1, 4, -3.53, -3.41, 0",
    "1, 8, -1.84, -1.70, 0",
    "1.2, 1, -6.31, -6.20, 4.75",
    "1.2, 2, -2.19, -1.98, 4.75",
    "1.2, 4, -0.25, 0.11, 4.75",
    "1.2, 8, 0.44, 1.03, 4.75",
    "1.5, 1, -0.73, -0.53, 1.16",
    "1.5, 2, 1.71, 2.08, 1.16",
    "1.5, 4, 2.53, 3.12, 1.16",
    "1.5, 8, 2.75, 3.59, 1.16"
  })
  void theTableOfTheTheory(
      double sigmaW, double alpha, double steady, double fromZero, double critical) {
    double factor = FixedPoint.of(map(sigmaW, alpha)).factor();
    assertThat(100 * Math.log(factor) / TWO_LN_TEN).isCloseTo(steady, within(0.005));
    RecurrentStack stack = stack(sigmaW, alpha, 100);
    assertThat(stack.lnMean(100) / TWO_LN_TEN).isCloseTo(fromZero, within(0.005));
    assertThat(alpha * stack.criticalAlpha().orElse(0)).isCloseTo(critical, within(0.005));
  }

  @Test
  void criticalScalesAreThoseOfTheDrive() {
    assertThat(stack(1.2, 1, 5).criticalAlpha().orElseThrow()).isCloseTo(4.75, within(0.005));
    // So many times the scale that the layer has.
    assertThat(2 * stack(1.2, 2, 5).criticalAlpha().orElseThrow())
        .isCloseTo(stack(1.2, 1, 5).criticalAlpha().orElseThrow(), within(1e-9));
    assertThat(stack(1, 1, 5).criticalAlpha()).isEmpty();
    assertThat(stack(0.9, 8, 5).criticalAlpha()).isEmpty();
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThat(RecurrentStack.of(tanh, 1.2, 0.5, 0).criticalAlpha()).isEmpty();
    double critical = stack(1.2, 1, 5).criticalAlpha().orElseThrow();
    assertThat(stack(1.2, critical, 500).lnFactor(500)).isCloseTo(0, within(1e-6));
    assertThat(stack(1.2, 0.9 * critical, 500).lnFactor(500)).isLessThan(-1e-3);
    assertThat(stack(1.2, 1.1 * critical, 500).lnFactor(500)).isGreaterThan(1e-3);
  }

  @Test
  void inputsAndBiasesDriveTogether() {
    assertThat(RecurrentStack.drive(0.3, 0.8, 0.25)).isCloseTo(DRIVE, within(1e-15));
    RecurrentStack stack = stack(1.2, 1, 3);
    VarianceMap map = map(1.2, 1);
    assertThat(stack.variance(1)).isEqualTo(DRIVE * DRIVE);
    assertThat(stack.variance(2)).isCloseTo(map.variance(DRIVE * DRIVE), within(1e-15));
    assertThat(stack.lnFactor(2)).isCloseTo(Math.log(map.factor(stack.variance(2))), within(1e-14));
    assertThat(stack.lnMean(0)).isZero();
    assertThat(stack.lnMean(1)).isEqualTo(stack.lnFactor(3));
    assertThat(stack.lnMean(3))
        .isCloseTo(stack.lnFactor(1) + stack.lnFactor(2) + stack.lnFactor(3), within(1e-14));
  }

  /** With a drive at the first step alone it is a stack without biases, one layer a step. */
  @Test
  void withoutDriveLaterItIsADenseStackWithoutBiases() {
    Activation tanh = ActivationFunction.TANH.scaled(2);
    double[] drives = new double[40];
    drives[0] = 1.2;
    DenseStack dense = DenseStack.equal(new VarianceMap(tanh, 1.2, 0), 100, 41, 1);
    assertThat(RecurrentStack.of(tanh, 1.2, drives).lnMean(40))
        .isCloseTo(dense.lnMean(0), within(1e-12));
  }

  @Test
  void eachStepMayHaveADriveOfItsOwn() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    RecurrentStack stack = RecurrentStack.of(tanh, 1, 0, 0, 2, 0.5);
    assertThat(stack.steps()).isEqualTo(4);
    assertThat(stack.variance(2)).isZero();
    assertThat(stack.lnFactor(2)).isZero();
    assertThat(stack.variance(3)).isEqualTo(4);
    assertThat(stack.variance(4))
        .isCloseTo(new VarianceMap(tanh, 1, 0.5).variance(4), within(1e-14));
  }

  /** Proposition 9: α divides the drive, at every step. */
  @Test
  void aScaleDividesTheDrive() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < 100; n++) {
      double alpha = Math.exp(random.nextDouble(-2, 3));
      double sigmaW = random.nextDouble(0.5, 3);
      double[] drives = random.doubles(20, 0, 2).toArray();
      double[] divided = drives.clone();
      for (int t = 0; t < drives.length; t++) {
        divided[t] /= alpha;
      }
      ActivationFunction f = n % 2 == 0 ? ActivationFunction.SOFTSIGN : ActivationFunction.LOGISTIC;
      RecurrentStack scaled = RecurrentStack.of(f.scaled(alpha), sigmaW, drives);
      RecurrentStack plain = RecurrentStack.of(Activation.of(f), sigmaW, divided);
      assertThat(scaled.lnMean(20)).isCloseTo(plain.lnMean(20), within(1e-10));
    }
  }

  /** Fixed seeds; the error of a mean over 12 networks of 600 units is about 0.004 a step. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1.2, 2", "1.2, 4"})
  void wideNetworksLoseAsMuchAStep(double sigmaW, double alpha) {
    double theory = RecurrentStack.equal(map(sigmaW, alpha), WARM_UP + STEPS).lnMean(STEPS);
    double measured = measured(600, sigmaW, alpha, 12);
    assertThat(measured / STEPS).isCloseTo(theory / STEPS, within(0.012));
  }

  /** What the class says of shared weights: few units and a weak drive. */
  @Test
  void withAWeakDriveAHundredUnitsTypicallyLoseMore() {
    double alpha = DRIVE / 0.06;
    double theory = RecurrentStack.equal(map(1.2, alpha), WARM_UP + STEPS).lnMean(STEPS) / STEPS;
    assertThat(theory).isCloseTo(0.021, within(0.001));
    assertThat(measured(100, 1.2, alpha, 200) / STEPS).isCloseTo(-0.030, within(0.015));
    // With a strong drive they do not.
    assertThat(measured(100, 1, 1, 200) / STEPS).isCloseTo(-0.545, within(0.012));
  }

  @Test
  void aLayerWithoutStepsIsRefused() {
    assertThatThrownBy(() -> RecurrentStack.equal(map(1, 1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one step");
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThatThrownBy(() -> RecurrentStack.of(tanh, 1, -0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecurrentStack.of(tanh, Double.NaN, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RecurrentStack stack(double sigmaW, double alpha, int steps) {
    return RecurrentStack.equal(map(sigmaW, alpha), steps);
  }

  private static VarianceMap map(double sigmaW, double alpha) {
    return new VarianceMap(ActivationFunction.TANH.scaled(alpha), sigmaW, DRIVE);
  }

  /** The mean over networks of ln of the energy that comes back over the steps. */
  private static double measured(int units, double sigmaW, double alpha, int networks) {
    return IntStream.range(0, networks)
        .mapToDouble(n -> lnEnergy(units, sigmaW, alpha, new SplittableRandom(1000 + n)))
        .average()
        .orElseThrow();
  }

  /** Six tenths of the drive's deviation are biases, eight tenths inputs of mean square 1. */
  private static double lnEnergy(int units, double sigmaW, double alpha, RandomGenerator random) {
    int features = 100;
    double[][] w = normal(units, units, sigmaW / Math.sqrt(units), random);
    double[][] u = normal(units, features, 0.8 * DRIVE / Math.sqrt(features), random);
    double[] b = normal(1, units, 0.6 * DRIVE, random)[0];
    double[][] x = normal(WARM_UP + STEPS, features, 1, random);
    RecurrentPass pass =
        new RecurrentNetwork(ActivationFunction.TANH.scaled(alpha), w, u, b)
            .run(new double[units], x);
    double[] last = normal(1, units, 1, random)[0];
    double[] first = pass.back(last, WARM_UP + STEPS, STEPS);
    return Math.log(energy(first) / energy(last));
  }

  private static double energy(double[] vector) {
    double sum = 0;
    for (double number : vector) {
      sum += number * number;
    }
    return sum;
  }

  private static double[][] normal(
      int rows, int columns, double deviation, RandomGenerator random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = deviation * random.nextGaussian();
      }
    }
    return matrix;
  }
}
