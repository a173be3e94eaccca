package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;
import org.unvanish.network.Pooling;

/** One value for each tile: the largest, or the mean. */
final class PoolingStep extends Step {

  private final Shape input;
  private final Taps tiles;

  /** What is left of a value's energy: all, or one part of as many as there are in a tile. */
  private final double share;

  private final boolean likenessUnknown;

  private PoolingStep(
      Values input, Taps tiles, Values output, double share, boolean likenessUnknown) {
    super(output);
    this.input = input.shape();
    this.tiles = tiles;
    this.share = share;
    this.likenessUnknown = likenessUnknown;
  }

  private static Taps tiles(Pooling layer, Shape input) {
    int rows = layer.tileRows(input);
    int columns = layer.tileColumns(input);
    return new Taps(rows, columns, rows, columns, 0, 0);
  }

  /** Values of a tile. */
  static int count(Pooling layer, Shape input) {
    return tiles(layer, input).count();
  }

  static PoolingStep largest(Pooling layer, Values input) {
    Taps tiles = tiles(layer, input.shape());
    Shape output = layer.output(input.shape());
    @Nullable ArgumentLaw law = input.law();
    @Nullable ArgumentLaw largest = law == null ? null : law.largestOf(tiles.count());
    boolean unknown = Double.isNaN(input.products().neighbours());
    if (largest == null) {
      return new PoolingStep(input, tiles, Values.unknown(output), 1, unknown);
    }
    double[] squares = tiles.forward(largest.atPlaces(largest::valueSquare), input.shape(), output);
    double square = Arrays.stream(squares).average().orElse(0);
    double mean = Arrays.stream(largest.atPlaces(largest::value)).average().orElse(0);
    MeanProducts arguments = largest.products();
    MeanProducts products =
        arguments
            .map(
                p ->
                    Double.isNaN(p)
                        ? p
                        : mean * mean + largest.likeness(p) * (square - mean * mean))
            .every(tiles.stride());
    Values values =
        new Values(
            output,
            squares,
            mean,
            products,
            largest.at(tiles.forward(largest.variances(), input.shape(), output)),
            0);
    return new PoolingStep(input, tiles, values, 1, unknown);
  }

  static PoolingStep mean(Pooling layer, Values input) {
    Taps tiles = tiles(layer, input.shape());
    Shape output = layer.output(input.shape());
    int count = tiles.count();
    MeanProducts products = input.products();
    boolean flat = output.rows() * output.columns() == 1;
    // Of a large tile most pairs are far apart.
    double pairs = flat ? products.sameSample() : products.neighbours();
    double square = input.meanSquare();
    // Zeros are all alike.
    double others = square == 0 ? count - 1 : (count - 1) * pairs / square;
    double left = (1 + others) / count;
    double[] squares =
        Arrays.stream(tiles.forward(input.squares(), input.shape(), output))
            .map(s -> s * left)
            .toArray();
    MeanProducts means =
        flat ? MeanProducts.flat(products.anywhere()) : products.every(tiles.stride());
    boolean normal = input.law() != null && input.law().isNormal();
    Values values =
        normal
            ? Values.normal(output, squares, means)
            : new Values(output, squares, input.mean(), means, null, 0);
    return new PoolingStep(input, tiles, values, 1.0 / count, false);
  }

  @Override
  double[] back(double[] energies) {
    return Arrays.stream(tiles.back(energies, input, output().shape()))
        .map(e -> e * share)
        .toArray();
  }

  @Override
  List<String> approximated() {
    return likenessUnknown
        ? List.of(
            "The correlation of neighbours is not known, so the largest value of a pooling window is treated as any of its values.")
        : List.of();
  }
}
