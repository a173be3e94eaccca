package org.unvanish.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MatricesTest {

  @Test
  void normsAndRadiiAreThoseOfThePaper() {
    assertThat(Matrices.norm(new double[][] {{3, 0}, {0, -4}})).isCloseTo(4, within(1e-14));
    // aᵀa = (2, 2; 2, 2)·… : the singular values of (2, −2; 2, −2) are 4 and 0.
    assertThat(Matrices.norm(new double[][] {{2, -2}, {2, -2}})).isCloseTo(4, within(1e-14));
    assertThat(Matrices.norm(new double[3][3])).isZero();
    assertThat(Matrices.spectralRadius(new double[][] {{2, -2}, {2, -2}})).isZero();
    assertThat(Matrices.spectralRadius(new double[][] {{3, -4}, {1, -1}})).isEqualTo(1);
    // A turn by a right angle, and twice the size: ±2i.
    assertThat(Matrices.spectralRadius(new double[][] {{0, -2}, {2, 0}})).isEqualTo(2);
    assertThat(Matrices.spectralRadius(new double[][] {{1, 2}, {0, -3}})).isEqualTo(3);
    assertThat(Matrices.power(new double[][] {{1, 1}, {0, 1}}, 5))
        .isDeepEqualTo(new double[][] {{1, 5}, {0, 1}});
    assertThat(Matrices.isSymmetric(new double[][] {{1, 2}, {2, 5}})).isTrue();
    assertThat(Matrices.isSymmetric(new double[][] {{1, 2}, {3, 5}})).isFalse();
  }

  @Test
  void normsOfTinyAndHugeMatricesAreNumbers() {
    double[][] tiny = {{1e-320, 0}, {3e-320, 0}};
    assertThat(Matrices.norm(tiny)).isCloseTo(Math.sqrt(10) * 1e-320, withinPercentage(0.1));
    double[][] huge = {{0, 1e300}, {0, 0}};
    assertThat(Matrices.norm(huge)).isCloseTo(1e300, withinPercentage(1e-9));
  }

  /** Of two rows there is a formula: the larger root of s² − s·|a|² + det². */
  @Test
  void normsAreThoseOfTheFormula() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < 1000; n++) {
      double[][] a = {
        {random.nextDouble(-1, 1), random.nextDouble(-1, 1)},
        {random.nextDouble(-1, 1), random.nextDouble(-1, 1)}
      };
      double squares = 0;
      for (double[] row : a) {
        squares += row[0] * row[0] + row[1] * row[1];
      }
      double determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
      double root = Math.sqrt(squares * squares - 4 * determinant * determinant);
      assertThat(Matrices.norm(a)).isCloseTo(Math.sqrt((squares + root) / 2), within(1e-8));
      assertThat(Matrices.norm(a)).isGreaterThan(Matrices.spectralRadius(a) - 1e-8);
    }
  }
}
