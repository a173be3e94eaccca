package org.unvanish.theory;

/** Small square matrices, one row after another. */
final class Matrices {

  /** After so many squarings a power's size tells the largest eigenvalue to its last digits. */
  private static final int SQUARINGS = 50;

  private Matrices() {}

  static double[][] times(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  static double[][] times(double[][] a, double factor) {
    double[][] product = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        product[i][j] = factor * a[i][j];
      }
    }
    return product;
  }

  /**
   * a·a ⋯ a.
   *
   * @param exponent at least 1
   */
  static double[][] power(double[][] a, int exponent) {
    double[][] power = a;
    for (int n = 1; n < exponent; n++) {
      power = times(power, a);
    }
    return power;
  }

  /** ‖a‖, the largest singular value: the root of the largest eigenvalue of aᵀ·a. */
  static double norm(double[][] a) {
    double scale = largest(a);
    if (scale == 0) {
      return 0;
    }
    double[][] unit = divided(a, scale);
    double[][] power = times(transposed(unit), unit);
    double log = 0;
    double share = 1;
    for (int n = 0; n < SQUARINGS; n++) {
      // λ(B) = size·√λ((B/size)²), again and again.
      double size = largest(power);
      log += share * StrictMath.log(size);
      share /= 2;
      unit = divided(power, size);
      power = times(unit, unit);
    }
    return scale * StrictMath.exp(log / 2);
  }

  /** Divided entry by entry: the inverse of a number that is nearly 0 may be infinite. */
  private static double[][] divided(double[][] a, double divisor) {
    double[][] quotient = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        quotient[i][j] = a[i][j] / divisor;
      }
    }
    return quotient;
  }

  /** ρ(a), the largest magnitude of an eigenvalue, of a matrix with two rows. */
  static double spectralRadius(double[][] a) {
    double half = (a[0][0] + a[1][1]) / 2;
    double determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
    double discriminant = half * half - determinant;
    return discriminant < 0 ? Math.sqrt(determinant) : Math.abs(half) + Math.sqrt(discriminant);
  }

  /** The largest magnitude of an entry. */
  static double largest(double[][] a) {
    double largest = 0;
    for (double[] row : a) {
      for (double entry : row) {
        largest = Math.max(largest, Math.abs(entry));
      }
    }
    return largest;
  }

  static boolean isSymmetric(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        if (a[i][j] != a[j][i]) {
          return false;
        }
      }
    }
    return true;
  }

  private static double[][] transposed(double[][] a) {
    double[][] transposed = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        transposed[i][j] = a[j][i];
      }
    }
    return transposed;
  }
}
