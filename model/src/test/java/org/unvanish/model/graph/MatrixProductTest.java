package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.model.graph.MatrixProduct.Matrix;

class MatrixProductTest {

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,300,130", "2,257,65", "5,256,64", "7,3,66", "4,1,200", "0,3,4", "3,4,0"})
  void productsAreAddedAcrossBlocks(int m, int n, int k) {
    SplittableRandom random = new SplittableRandom(m + 31L * n + 977L * k);
    double[] a = random.doubles((long) m * k, -1, 1).toArray();
    double[] b = random.doubles((long) k * n + 1, -1, 1).toArray();
    double[] aTransposed = transposed(a, 0, m, k);
    double[] bTransposed = transposed(b, 1, k, n);
    double[] expected = new double[m * n];
    for (int i = 0; i < m * n; i++) {
      expected[i] = 1;
      for (int p = 0; p < k; p++) {
        expected[i] += a[i / n * k + p] * b[1 + p * n + i % n];
      }
    }
    Matrix left = Matrix.of(a, 0, k);
    Matrix right = Matrix.of(b, 1, n);
    Matrix turnedLeft = Matrix.of(aTransposed, 0, m).transposed();
    Matrix turnedRight = Matrix.of(bTransposed, 0, k).transposed();
    agree(expected, m, n, k, left, right);
    agree(expected, m, n, k, turnedLeft, right);
    agree(expected, m, n, k, left, turnedRight);
    agree(expected, m, n, k, turnedLeft, turnedRight);
  }

  @Test
  void largeProductsHaveTheBitsOfTheirRows() {
    int m = 70;
    int size = 700;
    SplittableRandom random = new SplittableRandom(3);
    double[] a = random.doubles((long) m * size, -1, 1).toArray();
    double[] b = random.doubles((long) size * size, -1, 1).toArray();
    for (Matrix right : List.of(Matrix.of(b, 0, size), Matrix.of(b, 0, size).transposed())) {
      double[] whole = new double[m * size];
      MatrixProduct.add(m, size, size, Matrix.of(a, 0, size), right, whole, 0);
      double[] rows = new double[m * size];
      for (int i = 0; i < m; i++) {
        Matrix row = Matrix.of(a, i * size, size);
        MatrixProduct.add(1, size, size, row, right, rows, i * size);
      }
      assertThat(whole).isEqualTo(rows);
    }
  }

  private static void agree(double[] expected, int m, int n, int k, Matrix a, Matrix b) {
    double[] c = new double[m * n + 2];
    Arrays.fill(c, 1);
    MatrixProduct.add(m, n, k, a, b, c, 2);
    for (int i = 0; i < expected.length; i++) {
      assertThat(c[i + 2]).isCloseTo(expected[i], within(1e-13));
    }
    assertThat(c[0] + c[1]).isEqualTo(2);
  }

  private static double[] transposed(double[] values, int offset, int rows, int columns) {
    double[] result = new double[rows * columns];
    for (int i = 0; i < result.length; i++) {
      result[i % columns * rows + i / columns] = values[offset + i];
    }
    return result;
  }
}
