package org.unvanish.initialization;

import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.random.RandomStream;

/**
 * Orthogonal matrices as weights: the Q of a QR decomposition of normal numbers, in double
 * precision by the modified Gram–Schmidt method. Its R has a positive diagonal, and then Q has the
 * uniform distribution (Mezzadri 2007).
 */
final class OrthogonalMatrix {

  /** Sums of a product that run side by side: their order is fixed, and they do not wait. */
  private static final int SUMS = 4;

  private OrthogonalMatrix() {}

  /**
   * Fills a tensor; its first dimension counts rows, all others columns. Recurrent weights are a
   * square matrix for each gate.
   */
  static void draw(ParameterTensor tensor, RandomStream random, double gain, float[] parameters) {
    int rows = tensor.shape().get(0);
    int columns = tensor.size() / rows;
    int each = tensor.kind() == Kind.RECURRENT ? columns : rows;
    for (int first = 0; first < rows; first += each) {
      draw(each, columns, random, gain, parameters, tensor.offset() + first * columns);
    }
  }

  private static void draw(
      int rows, int columns, RandomStream random, double gain, float[] parameters, int offset) {
    boolean wide = columns > rows;
    double[][] vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = wide ? vectors[row][column] : vectors[column][row];
        parameters[offset + row * columns + column] = (float) (gain * value);
      }
    }
  }

  /**
   * Vectors of length 1, each at right angles to all others.
   *
   * @param length of each, at least as many as there are
   */
  private static double[][] orthonormal(int count, int length, RandomStream random) {
    double[][] vectors = new double[count][length];
    for (double[] vector : vectors) {
      for (int i = 0; i < length; i++) {
        vector[i] = random.normal();
      }
    }
    for (int k = 0; k < count; k++) {
      double norm = Math.sqrt(product(vectors[k], vectors[k]));
      for (int i = 0; i < length; i++) {
        vectors[k][i] /= norm;
      }
      for (int j = k + 1; j < count; j++) {
        subtract(vectors[j], product(vectors[k], vectors[j]), vectors[k]);
      }
    }
    return vectors;
  }

  private static double product(double[] x, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + SUMS <= x.length; i += SUMS) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < x.length; i++) {
      a += x[i] * y[i];
    }
    return (a + b) + (c + d);
  }

  private static void subtract(double[] from, double factor, double[] vector) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * vector[i];
    }
  }
}
