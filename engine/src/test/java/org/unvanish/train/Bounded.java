package org.unvanish.train;

import org.unvanish.data.Shape;

/**
 * One value of a sample: numbers in the order channel, row, column, with bounds of their errors.
 */
final class Bounded {

  final Shape shape;
  final double[] value;
  final double[] error;

  Bounded(Shape shape) {
    this.shape = shape;
    this.value = new double[shape.size()];
    this.error = new double[shape.size()];
  }

  int index(int channel, int row, int column) {
    return (channel * shape.rows() + row) * shape.columns() + column;
  }

  boolean contains(int row, int column) {
    return row >= 0 && row < shape.rows() && column >= 0 && column < shape.columns();
  }

  void set(int i, BoundedSum sum) {
    value[i] = sum.value();
    error[i] = sum.error();
  }

  static BoundedSum[] sums(int count) {
    BoundedSum[] sums = new BoundedSum[count];
    for (int i = 0; i < count; i++) {
      sums[i] = new BoundedSum();
    }
    return sums;
  }

  static Bounded of(Shape shape, BoundedSum[] sums) {
    Bounded result = new Bounded(shape);
    for (int i = 0; i < sums.length; i++) {
      result.set(i, sums[i]);
    }
    return result;
  }
}
