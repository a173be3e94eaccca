package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;

/** {@link VarianceMap}, {@link Point} and {@link FixedPoint}: what must hold at any place. */
class VarianceMapTest {

  private static final ActivationFunction[] ALL = ActivationFunction.values();

  /** Proposition 2: V_α(q; σ_w, σ_b) = α²·V₁(q/α²; σ_w, σ_b/α). */
  @Test
  void aScaleMovesTheBiasesOnly() {
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      ActivationFunction f = ALL[random.nextInt(ALL.length)];
      double sigmaW = between(random, 0.1, 8);
      double sigmaB = random.nextBoolean() ? 0 : between(random, 0.01, 3);
      double alpha = between(random, 0.05, 20);
      double q = between(random, 1e-4, 1e4);
      VarianceMap scaled = new VarianceMap(f.scaled(alpha), sigmaW, sigmaB);
      VarianceMap base = new VarianceMap(Activation.of(f), sigmaW, sigmaB / alpha);
      double square = alpha * alpha;
      isClose(scaled.variance(q), square * base.variance(q / square), 1e-12);
      isClose(scaled.factor(q), base.factor(q / square), 1e-12);
      isClose(scaled.slope(q), base.slope(q / square), 1e-12);
      assertThat(scaled.saturatedShare(q))
          .isCloseTo(base.saturatedShare(q / square), within(1e-12));
    }
  }

  /** Proposition 2 for the depth scales, and 1c for the other scales. */
  @Test
  void depthScalesDependOnThePointOnly() {
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      ActivationFunction f = ALL[random.nextInt(ALL.length)];
      double scale = between(random, 0.3, 4);
      Activation activation =
          switch (i % 3) {
            case 0 -> f.scaled(scale);
            case 1 -> Activation.naive(f, scale);
            default -> Activation.dynamic(f, scale);
          };
      double sigmaW = between(random, 0.3, 2);
      double sigmaB = between(random, 0.1, 1);
      Point point = Point.of(activation, sigmaW, sigmaB);
      // Where a network can go to different places the start decides, which is no part of the
      // point.
      VarianceMap map = new VarianceMap(activation, sigmaW, sigmaB);
      VarianceMap base = new VarianceMap(Activation.of(f), point.sigmaW(), point.sigmaB());
      FixedPoint fixed = FixedPoint.of(map);
      double inner = activation.inner();
      double q = fixed.q() * inner * inner;
      if (q > 0 && Double.isFinite(q)) {
        isClose(base.variance(q), q, 1e-12);
        isClose(base.factor(q), fixed.factor(), 1e-12);
        isClose(base.slope(q), fixed.slope(), 1e-12);
      }
    }
  }

  /** Proposition 6: a logistic network is a tanh network with a quarter of the weights. */
  @Test
  void aLogisticNetworkIsATanhNetwork() {
    Random random = new Random(6);
    for (int i = 0; i < 100; i++) {
      double sigmaW = between(random, 0.1, 20);
      double sigmaB = random.nextBoolean() ? 0 : between(random, 0.1, 3);
      double alpha = between(random, 0.2, 5);
      Activation logistic = ActivationFunction.LOGISTIC.scaled(alpha);
      VarianceMap map = new VarianceMap(logistic, sigmaW, sigmaB);
      Point point = map.point().ofLogisticAsTanh();
      VarianceMap tanh =
          new VarianceMap(Activation.of(ActivationFunction.TANH), point.sigmaW(), point.sigmaB());
      FixedPoint one = FixedPoint.of(map);
      FixedPoint other = FixedPoint.of(tanh);
      // v = z/(2α)
      isClose(one.q() / (4 * alpha * alpha), other.q(), 1e-12);
      isClose(one.factor(), other.factor(), 1e-12);
    }
  }

  /** Proposition 3: q·χ(q) ≥ V(q) − σ_b² − σ_w²·(E f)². */
  @Test
  void theGradientVanishesOnlyIfTheSignalDoes() {
    Random random = new Random(33);
    for (int i = 0; i < 1000; i++) {
      ActivationFunction f = ALL[random.nextInt(ALL.length)];
      VarianceMap map =
          new VarianceMap(
              f.scaled(between(random, 0.1, 10)),
              between(random, 0.1, 30),
              between(random, 0.01, 3));
      double q = between(random, 1e-6, 1e6);
      // The variance of f is a difference.
      double rounding = 1e-14 * map.sigmaW() * map.sigmaW() * map.meanSquare(q) / q;
      assertThat(map.factor(q) * (1 + 1e-12) + rounding)
          .as("%s at %s", f, q)
          .isGreaterThanOrEqualTo(map.leastFactor(q));
    }
  }

  /** Its consequence for odd functions without biases: G ≥ qᴸ/q¹. */
  @Test
  void aStackKeepsWhatTheSignalKeeps() {
    Random random = new Random(34);
    ActivationFunction[] odd = {
      ActivationFunction.TANH, ActivationFunction.ARCTAN, ActivationFunction.SOFTSIGN,
      ActivationFunction.ERF, ActivationFunction.HARD_TANH, ActivationFunction.LECUN_TANH,
      ActivationFunction.SINE
    };
    for (int i = 0; i < 100; i++) {
      ActivationFunction f = odd[random.nextInt(odd.length)];
      VarianceMap map =
          new VarianceMap(f.scaled(between(random, 0.3, 4)), between(random, 0.3, 5), 0);
      DenseStack stack = DenseStack.equal(map, 100, 1 + random.nextInt(12), 1);
      double signal = Math.log(stack.variance(stack.layers().size()) / stack.variance(0));
      assertThat(stack.lnMean(0)).isGreaterThanOrEqualTo(signal - 1e-11);
      FixedPoint fixed = FixedPoint.of(map);
      if (fixed.q() > 0) {
        assertThat(fixed.factor()).isGreaterThan(1);
      }
    }
  }

  @Test
  void wideTanhExplodesWhereTheoremTwoHasItVanish() {
    FixedPoint fixed =
        FixedPoint.of(new VarianceMap(Activation.of(ActivationFunction.TANH), 1.5, 0));
    assertThat(fixed.factor()).isCloseTo(1.1393, within(5e-5));
    assertThat(fixed.phase()).isEqualTo(Phase.CHAOTIC);
    assertThat(fixed.correlation()).isZero();
    assertThat(fixed.gradientScale()).isNegative();
    assertThat(fixed.varianceScale()).isPositive();
  }

  @Test
  void phasesAndEnds() {
    assertThat(fixed(ActivationFunction.TANH, 0.8, 0))
        .isEqualTo(new FixedPoint(0, 0.8 * 0.8, 0.8 * 0.8, 1, 0.8 * 0.8));
    assertThat(fixed(ActivationFunction.TANH, 1, 0).phase()).isEqualTo(Phase.CRITICAL);
    assertThat(fixed(ActivationFunction.TANH, 1, 0).q()).isZero();
    assertThat(fixed(ActivationFunction.TANH, 1, 0).gradientScale()).isInfinite();
    assertThat(fixed(ActivationFunction.TANH, 1, 0.1).phase()).isEqualTo(Phase.ORDERED);
    assertThat(fixed(ActivationFunction.RELU, 1.5, 0.1).q()).isInfinite();
    assertThat(fixed(ActivationFunction.RELU, 1.5, 0.1).phase()).isEqualTo(Phase.CHAOTIC);
    FixedPoint he = fixed(ActivationFunction.RELU, Math.sqrt(2), 0);
    assertThat(he.phase()).isEqualTo(Phase.CRITICAL);
    assertThat(he.q()).isCloseTo(2, within(1e-15));
    assertThat(fixed(ActivationFunction.LOG_SIGMOID, 1.5, 0).q()).isInfinite();
    assertThat(fixed(ActivationFunction.TANH, 0, 0).q()).isZero();
    assertThat(fixed(ActivationFunction.TANH, 0, 0.5).q()).isCloseTo(0.25, within(1e-15));
  }

  /** Arguments of variance 1, He's and PyTorch's gains all explode (section 3 of the design). */
  @Test
  void usualGainsOfTanh() {
    VarianceMap unit = new VarianceMap(Activation.of(ActivationFunction.TANH), 1, 0);
    double gain = 1 / Math.sqrt(unit.meanSquare(1));
    assertThat(gain).isCloseTo(1.5925, within(5e-5));
    assertThat(fixed(ActivationFunction.TANH, gain, 0).factor()).isCloseTo(1.1778, within(5e-5));
    assertThat(fixed(ActivationFunction.TANH, Math.sqrt(2), 0).factor())
        .isCloseTo(1.1055, within(5e-5));
    assertThat(fixed(ActivationFunction.TANH, 5.0 / 3, 0).factor()).isCloseTo(1.2098, within(5e-5));
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void fixedPointsAreFixed(ActivationFunction f) {
    Random random = new Random(f.ordinal());
    for (int i = 0; i < 20; i++) {
      VarianceMap map =
          new VarianceMap(
              f.scaled(between(random, 0.3, 3)), between(random, 0.3, 3), between(random, 0.01, 1));
      FixedPoint fixed = FixedPoint.of(map);
      if (Double.isFinite(fixed.q())) {
        isClose(map.variance(fixed.q()), fixed.q(), 1e-12);
        assertThat(fixed.slope()).isLessThanOrEqualTo(1);
        assertThat(map.correlation(fixed.q(), fixed.correlation()))
            .isCloseTo(fixed.correlation(), within(1e-10));
        assertThat(fixed.correlationSlope()).isLessThanOrEqualTo(1 + 1e-9);
      }
    }
  }

  /** (2/π)·arcsin(2qc/(1 + 2q)). */
  @Test
  void correlationsOfTheErrorFunction() {
    VarianceMap map = new VarianceMap(Activation.of(ActivationFunction.ERF), 1.3, 0.4);
    for (double q : new double[] {0.1, 1, 5, 40}) {
      for (double c : new double[] {-1, -0.6, 0, 0.3, 0.8, 0.95, 1}) {
        double share = 2 * q / (1 + 2 * q);
        double covariance = 1.69 * 2 / Math.PI * Math.asin(share * c) + 0.16;
        assertThat(map.correlation(q, c)).isCloseTo(covariance / map.variance(q), within(1e-9));
        double slope = 1.69 * 2 / Math.PI * share / Math.sqrt(1 - share * share * c * c);
        assertThat(map.correlationSlope(q, c)).isCloseTo(slope / map.variance(q), within(1e-8));
      }
    }
  }

  /** The arc-cosine kernel of Cho and Saul (2009); a kink makes the series slow. */
  @Test
  void correlationsOfRelu() {
    VarianceMap map = new VarianceMap(Activation.of(ActivationFunction.RELU), 1, 0);
    for (double c : new double[] {-1, -0.99, -0.5, 0, 0.3, 0.9, 0.99, 1}) {
      double exact = (Math.sqrt(1 - c * c) + c * (Math.PI - Math.acos(c))) / Math.PI;
      assertThat(map.correlation(3, c)).isCloseTo(exact, within(2e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void saturatedSharesAreThoseOfTheSaturationPoint(ActivationFunction f) {
    Activation activation = f.scaled(2);
    SaturationPoint point = SaturationPoint.of(f);
    for (double q : new double[] {0, 0.1, 4, 100}) {
      GaussianMean share =
          GaussianMean.of(
              u -> point.distance(u / 2) >= 1 ? 1 : 0,
              q,
              Math.min(2 * point.below(), 1e9),
              Math.min(2 * point.above(), 1e9));
      assertThat(new VarianceMap(activation, 1, 0).saturatedShare(q))
          .isCloseTo(share.value(), within(1e-13));
    }
  }

  @Test
  void whatIsNoStandardDeviationIsRefused() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThatThrownBy(() -> new VarianceMap(tanh, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sigmaW");
    assertThatThrownBy(() -> new VarianceMap(tanh, 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sigmaB");
    assertThatThrownBy(() -> new VarianceMap(tanh, 1, 0).correlation(0, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
    for (double c : new double[] {-1.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new VarianceMap(tanh, 1, 0).correlation(1, c))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a correlation must be from -1 to 1, but is " + c);
      assertThatThrownBy(() -> new VarianceMap(tanh, 1, 0).correlationSlope(1, c))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void mapsAreEqualWhereTheirNumbersAre() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    VarianceMap map = new VarianceMap(tanh, 1.5, 0.1);
    assertThat(new DenseLayer(map, 8))
        .isEqualTo(new DenseLayer(new VarianceMap(tanh, 1.5, 0.1), 8))
        .isNotEqualTo(new DenseLayer(new VarianceMap(tanh, 1.5, 0.2), 8));
  }

  static double between(Random random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  static void isClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  private static FixedPoint fixed(ActivationFunction f, double sigmaW, double sigmaB) {
    return FixedPoint.of(new VarianceMap(Activation.of(f), sigmaW, sigmaB));
  }
}
