package org.unvanish.loss;

/** Targets that tests write down. */
final class Tables {

  private Tables() {}

  /** One number, or a class number, for each sample. */
  static TargetTable of(double... values) {
    double[][] rows = new double[values.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {values[i]};
    }
    return of(rows);
  }

  static TargetTable of(double[][] rows) {
    return new TargetTable() {
      @Override
      public int count() {
        return rows.length;
      }

      @Override
      public int width() {
        return rows[0].length;
      }

      @Override
      public double value(int sample, int index) {
        return rows[sample][index];
      }
    };
  }
}
