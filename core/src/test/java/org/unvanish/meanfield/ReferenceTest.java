package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;

/** Against numbers of 19 digits that a program with arbitrary precision has made. */
class ReferenceTest {

  private static final double EXACT = 1e-12;

  @Test
  void moments() {
    for (Reference row : Reference.values("moment")) {
      Moments moments = Moments.of(Activation.of(row.function()), row.number("q"));
      isClose(moments.meanSquare(), row, "mean_square_f");
      isClose(moments.derivativeMeanSquare(), row, "mean_square_derivative");
    }
  }

  @Test
  void fixedPoints() {
    for (Reference row : Reference.values("fixed")) {
      FixedPoint fixed = FixedPoint.of(row.map());
      isClose(fixed.q(), row, "q");
      isClose(fixed.factor(), row, "chi_1");
      isClose(fixed.slope(), row, "V_prime");
      isClose(row.map().meanSquare(fixed.q()), row, "mean_square_f");
      isClose(row.map().derivativeMeanSquare(fixed.q()), row, "mean_square_derivative");
    }
  }

  @Test
  void criticalGains() {
    for (Reference row : Reference.values("critical")) {
      CriticalLine line = new CriticalLine(row.function());
      double sigmaB = row.number("sigma_b");
      double sigmaW = line.sigmaW(sigmaB).orElseThrow();
      isClose(sigmaW, row, "sigma_w_critical");
      VarianceMap map = new VarianceMap(Activation.of(row.function()), sigmaW, sigmaB);
      double q = row.number("q");
      isClose(map.factor(q), row, "chi_1");
      isClose(map.slope(q), row, "V_prime");
      isClose(map.variance(q), row, "q");
      double back = line.sigmaB(sigmaW).orElse(0);
      assertThat(back * back).isCloseTo(sigmaB * sigmaB, Offset.offset(EXACT * Math.max(1, q)));
    }
  }

  @Test
  void correlations() {
    for (Reference row : Reference.values("correlation")) {
      FixedPoint fixed = FixedPoint.of(row.map());
      assertThat(fixed.correlation()).isCloseTo(row.number("c_star"), Offset.offset(1e-9));
      assertThat(fixed.correlationSlope()).isCloseTo(row.number("chi_c"), Offset.offset(1e-9));
      assertThat(row.map().correlation(fixed.q(), fixed.correlation()))
          .isCloseTo(fixed.correlation(), Offset.offset(1e-12));
    }
  }

  private static void isClose(double actual, Reference row, String column) {
    double expected = row.number(column);
    if (expected == 0) {
      assertThat(actual).as("%s of %s", column, row.cells()).isZero();
    } else {
      assertThat(actual / expected)
          .as("%s of %s", column, row.cells())
          .isCloseTo(1, Offset.offset(EXACT));
    }
  }
}
