package org.unvanish.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.penalty.Penalty.Scope;

class PenaltyTest {

  private static List<Penalty> all(double r) {
    return List.of(
        Penalty.none(),
        Penalty.l2(r),
        new Penalty.KerasL2(r, Scope.WEIGHTS),
        new Penalty.L1(r, Scope.ALL),
        new Penalty.ElasticNet(r, 3 * r, Scope.ALL));
  }

  @Test
  void gradientsAreThoseOfTheValues() {
    Random random = new Random(4);
    double h = 1e-4;
    for (int i = 0; i < 1000; i++) {
      double theta = random.nextDouble(-10, 10);
      double r = random.nextDouble(0, 0.5);
      if (Math.abs(theta) < h) {
        continue; // ℓ₁ has a kink there
      }
      for (Penalty penalty : all(r)) {
        double slope = (penalty.value(theta + h) - penalty.value(theta - h)) / (2 * h);
        assertThat(penalty.gradient(theta))
            .as("%s at %s", penalty, theta)
            .isCloseTo(slope, within(1e-9));
      }
    }
  }

  @Test
  void valuesAreThoseOfTheFormulas() {
    assertThat(Penalty.none().value(3)).isZero();
    assertThat(Penalty.l2(0.01).value(3)).isCloseTo(0.045, within(1e-16));
    assertThat(new Penalty.KerasL2(0.01, Scope.ALL).value(3)).isCloseTo(0.09, within(1e-16));
    assertThat(new Penalty.L1(0.01, Scope.ALL).value(-3)).isCloseTo(0.03, within(1e-17));
    assertThat(new Penalty.ElasticNet(0.1, 0.01, Scope.ALL).value(-3))
        .isCloseTo(0.345, within(1e-15));
  }

  @Test
  void kerasPenalisesTwiceAsMuchForTheSameNumber() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      double theta = random.nextGaussian();
      double r = random.nextDouble();
      Penalty paper = Penalty.l2(r);
      Penalty keras = new Penalty.KerasL2(r, Scope.ALL);
      assertThat(keras.value(theta)).isEqualTo(2 * paper.value(theta));
      assertThat(keras.gradient(theta)).isEqualTo(2 * paper.gradient(theta));
    }
  }

  @Test
  void anElasticNetIsTheSumOfItsParts() {
    Random random = new Random(6);
    Penalty net = new Penalty.ElasticNet(0.3, 0.7, Scope.ALL);
    Penalty l1 = new Penalty.L1(0.3, Scope.ALL);
    Penalty l2 = Penalty.l2(0.7);
    for (int i = 0; i < 100; i++) {
      double theta = random.nextGaussian();
      assertThat(net.value(theta)).isEqualTo(l1.value(theta) + l2.value(theta));
      assertThat(net.gradient(theta)).isEqualTo(l1.gradient(theta) + l2.gradient(theta));
    }
  }

  @Test
  void theGradientAtZeroIsZero() {
    for (Penalty penalty : all(0.3)) {
      assertThat(penalty.gradient(0)).as("%s", penalty).isZero();
      assertThat(penalty.gradient(-0.0)).as("%s", penalty).isZero();
      assertThat(penalty.value(0)).as("%s", penalty).isZero();
    }
  }

  @Test
  void gradientsPointAwayFromZero() {
    for (Penalty penalty : all(0.3)) {
      for (double theta : new double[] {-1e6, -1, -1e-300, 1e-300, 1, 1e6}) {
        double outward = penalty.gradient(theta) * Math.signum(theta);
        assertThat(penalty instanceof Penalty.None ? outward == 0 : outward > 0)
            .as("%s at %s", penalty, theta)
            .isTrue();
        assertThat(penalty.value(theta)).isNotNegative();
      }
    }
  }

  @Test
  void thePapersPenaltyCoversAllParameters() {
    assertThat(Penalty.l2(0.01).scope()).isEqualTo(Scope.ALL);
    assertThat(new Penalty.KerasL2(0.01, Scope.WEIGHTS).scope()).isEqualTo(Scope.WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -1,
        -Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void aTuningParameterOutOfRangeIsRefusedByNameAndValue(double r) {
    String rest = " must be a finite number of at least 0, but is " + r;
    assertThatIllegalArgumentException().isThrownBy(() -> Penalty.l2(r)).withMessage("r" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Penalty.KerasL2(r, Scope.ALL))
        .withMessage("r" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Penalty.L1(r, Scope.ALL))
        .withMessage("r" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Penalty.ElasticNet(r, 0, Scope.ALL))
        .withMessage("r1" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Penalty.ElasticNet(0, r, Scope.ALL))
        .withMessage("r2" + rest);
  }

  @Test
  void aTuningParameterOfZeroPenalisesNothing() {
    for (Penalty penalty : all(0)) {
      assertThat(penalty.value(5)).isZero();
      assertThat(penalty.gradient(-5)).isZero();
    }
  }
}
