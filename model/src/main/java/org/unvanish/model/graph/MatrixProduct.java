package org.unvanish.model.graph;

import java.util.stream.IntStream;

/**
 * Products of matrices in double precision, in blocks that stay in a core's cache. The order of the
 * sums depends on the shapes only.
 */
public final class MatrixProduct {
  /** A block of the right matrix: 64 rows of 256 numbers take 128 KiB. */
  private static final int ROWS = 64;

  private static final int COLUMNS = 256;

  /** Multiplications that are worth a task of their own, and the packing of the right matrix. */
  private static final double WORK_OF_PART = 1 << 24;

  /** Of a measurement, at least. */
  private static final int ROUNDS = 20;

  /** Of a measurement, in nanoseconds. */
  private static final long SHORT = 100_000_000;

  private MatrixProduct() {}

  /**
   * How many multiplications, each with an addition, this machine does in a second: measured in a
   * tenth of one.
   */
  public static double perSecond() {
    int size = 2 * ROWS;
    double[] numbers = new double[size * size];
    double[] product = new double[size * size];
    Matrix matrix = Matrix.of(numbers, 0, size);
    long best = Long.MAX_VALUE;
    long begun = System.nanoTime();
    // The best, because Java still compiles in the first ones.
    for (int done = 0; done < ROUNDS || System.nanoTime() - begun < SHORT; done++) {
      long start = System.nanoTime();
      add(size, size, size, matrix, matrix, product, 0);
      best = Math.min(best, System.nanoTime() - start);
    }
    return 1e9 * size * size * size / best;
  }

  /** A matrix within an array, read by its two steps. */
  record Matrix(double[] values, int offset, int rowStep, int columnStep) {
    /** With rows of a given length, one after the other. */
    static Matrix of(double[] values, int offset, int columns) {
      return new Matrix(values, offset, columns, 1);
    }

    Matrix transposed() {
      return new Matrix(values, offset, columnStep, rowStep);
    }
  }

  /**
   * Adds a·b to c.
   *
   * @param m rows of a and c
   * @param n columns of b and c
   * @param k columns of a, rows of b
   * @param c with rows of n numbers from the offset on
   */
  static void add(int m, int n, int k, Matrix a, Matrix b, double[] c, int offset) {
    int parts = (int) Math.min(m, (double) m * n * k / WORK_OF_PART);
    if (parts < 2) {
      rows(0, m, n, k, a, b, c, offset);
      return;
    }
    // Each row's sums are the same, whoever computes it.
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part ->
                rows(
                    (int) ((long) m * part / parts),
                    (int) ((long) m * (part + 1) / parts),
                    n,
                    k,
                    a,
                    b,
                    c,
                    offset));
  }

  /** Rows of c from one to another. */
  private static void rows(
      int from, int to, int n, int k, Matrix a, Matrix b, double[] c, int offset) {
    boolean inPlace = b.columnStep() == 1;
    double[] packed = inPlace ? b.values() : new double[ROWS * Math.min(n, COLUMNS)];
    for (int column = 0; column < n; column += COLUMNS) {
      int width = Math.min(COLUMNS, n - column);
      for (int row = 0; row < k; row += ROWS) {
        int height = Math.min(ROWS, k - row);
        int start = b.offset() + row * b.rowStep() + column * b.columnStep();
        if (!inPlace) {
          pack(b, start, height, width, packed);
        }
        int first = inPlace ? start : 0;
        int step = inPlace ? b.rowStep() : width;
        for (int i = from; i < to; i++) {
          int left = a.offset() + i * a.rowStep() + row * a.columnStep();
          block(height, width, a, left, packed, first, step, c, offset + i * n + column);
        }
      }
    }
  }

  private static void pack(Matrix b, int start, int height, int width, double[] packed) {
    for (int j = 0; j < width; j++) {
      int from = start + j * b.columnStep();
      for (int p = 0; p < height; p++) {
        packed[p * width + j] = b.values()[from + p * b.rowStep()];
      }
    }
  }

  /** One row of c, four rows of b at a time. */
  private static void block(
      int height,
      int width,
      Matrix a,
      int left,
      double[] b,
      int first,
      int step,
      double[] c,
      int at) {
    double[] x = a.values();
    int aStep = a.columnStep();
    int p = 0;
    for (; p + 3 < height; p += 4) {
      int from = left + p * aStep;
      int row = first + p * step;
      addFour(
          width,
          x[from],
          x[from + aStep],
          x[from + 2 * aStep],
          x[from + 3 * aStep],
          b,
          row,
          row + step,
          row + 2 * step,
          row + 3 * step,
          c,
          at);
    }
    for (; p < height; p++) {
      double factor = x[left + p * aStep];
      int row = first + p * step;
      for (int j = 0; j < width; j++) {
        c[at + j] += factor * b[row + j];
      }
    }
  }

  private static void addFour(
      int width,
      double x0,
      double x1,
      double x2,
      double x3,
      double[] b,
      int row0,
      int row1,
      int row2,
      int row3,
      double[] c,
      int at) {
    for (int j = 0; j < width; j++) {
      c[at + j] += x0 * b[row0 + j] + x1 * b[row1 + j] + x2 * b[row2 + j] + x3 * b[row3 + j];
    }
  }
}
