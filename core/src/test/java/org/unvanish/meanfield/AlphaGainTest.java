package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/** Proposition 4. */
class AlphaGainTest {

  @Test
  void aScaleGainsNoMoreThanItselfAndThanTheSlopesTake() {
    ActivationFunction[] functions =
        Arrays.stream(ActivationFunction.values())
            .filter(AlphaGain::holdsFor)
            .toArray(ActivationFunction[]::new);
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      ActivationFunction f = functions[random.nextInt(functions.length)];
      double sigmaW = VarianceMapTest.between(random, 0.1, 30);
      double square = VarianceMapTest.between(random, 1e-3, 1e3);
      double alpha = VarianceMapTest.between(random, 1, 100);
      int depth = 2 + random.nextInt(10);
      double plain = lnGain(f, 1, sigmaW, depth, square);
      double scaled = lnGain(f, alpha, sigmaW, depth, square);
      AlphaGain gain =
          AlphaGain.of(
              DenseStack.equal(new VarianceMap(Activation.of(f), sigmaW, 0), 1000, depth, square));
      assertThat(scaled - plain)
          .as("%s, α = %s, σ_w = %s, %s layers", f, alpha, sigmaW, depth)
          .isBetween(-1e-11, gain.atMost(alpha) + 1e-11);
    }
  }

  /** Its conditions, by numbers, for every function. */
  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void itIsSaidWhereItsConditionsHold(ActivationFunction f) {
    boolean holds = true;
    for (double u = 0; u < 50; u += 0.01) {
      double next = u + 0.01;
      double near = Math.min(Math.abs(f.derivative(u)), Math.abs(f.derivative(-u)));
      double far = Math.max(Math.abs(f.derivative(next)), Math.abs(f.derivative(-next)));
      holds &= far <= near + 1e-15;
    }
    double degree = 0;
    double square = 0;
    for (double q = 1e-6; q < 1e6; q *= 1.3) {
      Moments moments = Moments.of(Activation.of(f), q);
      double nextDegree = q * moments.derivativeMeanSquare() / moments.meanSquare();
      holds &= nextDegree >= degree * (1 - 1e-12) && moments.meanSquare() >= square * (1 - 1e-12);
      degree = nextDegree;
      square = moments.meanSquare();
    }
    assertThat(AlphaGain.holdsFor(f)).isEqualTo(holds);
  }

  @Test
  void itIsRefusedWhereItDoesNotHold() {
    VarianceMap biased = new VarianceMap(Activation.of(ActivationFunction.TANH), 1, 0.1);
    assertThatThrownBy(() -> AlphaGain.of(DenseStack.equal(biased, 10, 3, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("biases");
    VarianceMap gelu = new VarianceMap(Activation.of(ActivationFunction.GELU), 1, 0);
    assertThatThrownBy(() -> AlphaGain.of(DenseStack.equal(gelu, 10, 3, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gelu");
    assertThatThrownBy(() -> new AlphaGain(1).atMost(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  private static double lnGain(
      ActivationFunction f, double alpha, double sigmaW, int depth, double square) {
    return DenseStack.equal(new VarianceMap(f.scaled(alpha), sigmaW, 0), 1000, depth, square)
        .lnMean(0);
  }
}
