package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Mean products of two values of the same channel. Their shares of the mean square say how alike
 * they are. Pooling and batch normalization depend on it, and weights and functions change it.
 *
 * @param distances of two values of a sample in one row or column, 1, 2, 4, … places apart
 * @param sameSample of two values of a sample in different places
 * @param samePlace of two samples in one place
 * @param anywhere of two samples in any two places
 * @since 0.1
 */
public record MeanProducts(
    List<Double> distances, double sameSample, double samePlace, double anywhere) {

  /** Nothing is known. */
  static final MeanProducts UNKNOWN =
      new MeanProducts(List.of(), Double.NaN, Double.NaN, Double.NaN);

  /** Copies the list. */
  public MeanProducts {
    distances = List.copyOf(distances);
  }

  /** Of values that have one place each. */
  static MeanProducts flat(double samePlace) {
    return new MeanProducts(List.of(), Double.NaN, samePlace, samePlace);
  }

  /** Two neighbours in a tile, or two values of a sample where that is not known. */
  double neighbours() {
    return distances.isEmpty() ? sameSample : distances.get(0);
  }

  /** With the same change of each. */
  MeanProducts map(DoubleUnaryOperator change) {
    double atSamePlace = change.applyAsDouble(samePlace);
    // A change may be a double integral, and values of one place each have the same product.
    return new MeanProducts(
        distances.stream().map(change::applyAsDouble).toList(),
        change.applyAsDouble(sameSample),
        atSamePlace,
        anywhere == samePlace ? atSamePlace : change.applyAsDouble(anywhere));
  }

  /**
   * Of every so-many-th place.
   *
   * @param stride at least 1; what lies between powers of two is rounded down
   */
  MeanProducts every(int stride) {
    int dropped = 31 - Integer.numberOfLeadingZeros(stride);
    List<Double> left = new ArrayList<>(distances);
    left.subList(0, Math.min(dropped, left.size())).clear();
    return new MeanProducts(left, sameSample, samePlace, anywhere);
  }

  /** Those of a sum, where two values of different parts have another mean product. */
  MeanProducts plus(MeanProducts other, double mixed) {
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < Math.min(distances.size(), other.distances.size()); i++) {
      sums.add(distances.get(i) + other.distances.get(i) + mixed);
    }
    return new MeanProducts(
        sums,
        sameSample + other.sameSample + mixed,
        samePlace + other.samePlace + mixed,
        anywhere + other.anywhere + mixed);
  }
}
