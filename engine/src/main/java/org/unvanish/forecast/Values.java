package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;

/**
 * What passes from one layer to the next, as theory knows it. What is not known is NaN.
 *
 * @param shape of one sample
 * @param squares mean square over channels, samples and networks, at each place: row by row
 * @param mean of all values
 * @param products of two values
 * @param law how they are distributed; null where that is not known
 * @param names how many of them are numbers of categories, which do not count
 */
// Identity is enough: nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
record Values(
    Shape shape,
    double[] squares,
    double mean,
    MeanProducts products,
    @Nullable ArgumentLaw law,
    int names) {

  /** What data are to the first layer. */
  static Values of(Shape shape, InputStatistics inputs, int names) {
    double[] squares = new double[shape.rows() * shape.columns()];
    Arrays.fill(squares, inputs.meanSquare());
    return new Values(shape, squares, Double.NaN, inputs.products(), null, names);
  }

  /** Independent normal values with mean 0: what random weights put out. */
  static Values normal(Shape shape, double[] squares, MeanProducts products) {
    return new Values(shape, squares, 0, products, ArgumentLaw.normal(squares, 0, products), 0);
  }

  /** Values of which nothing is known but their shape. */
  static Values unknown(Shape shape) {
    double[] squares = new double[shape.rows() * shape.columns()];
    Arrays.fill(squares, Double.NaN);
    return new Values(shape, squares, Double.NaN, MeanProducts.UNKNOWN, null, 0);
  }

  /** The number of places. */
  int places() {
    return squares.length;
  }

  /** Mean square over all places. */
  double meanSquare() {
    return Arrays.stream(squares).sum() / squares.length;
  }

  /** In another shape of as many values, as a 1-D convolution reads a table's row. */
  Values as(Shape other) {
    if (other.equals(shape)) {
      return this;
    }
    double[] all = new double[other.rows() * other.columns()];
    Arrays.fill(all, meanSquare());
    MeanProducts columns =
        new MeanProducts(List.of(), Double.NaN, products.samePlace(), Double.NaN);
    return new Values(other, all, mean, columns, null, names);
  }
}
