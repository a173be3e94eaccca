package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Normalization: values of variance v become γ·(x − mean)/√(v + ε) + β, and the gradient is
 * multiplied by γ/√(v + ε). Where weights shrink a signal, this makes its gradient grow again, and
 * more than that: the variance is smaller than the mean square by what all values have in common.
 */
final class NormalizationStep extends Step {

  private final double factor;
  private final boolean unknown;

  private NormalizationStep(Values output, double factor, boolean unknown) {
    super(output);
    this.factor = factor;
    this.unknown = unknown;
  }

  /**
   * Over a batch of many samples: what the samples have in common is taken away.
   *
   * @param gamma mean square of the factors
   * @param beta mean square of the shifts
   */
  static NormalizationStep ofBatch(Values input, double epsilon, double gamma, double beta) {
    double common =
        input.places() == 1 ? input.products().samePlace() : input.products().anywhere();
    return of(input, common, epsilon, gamma, beta, 1);
  }

  /**
   * Over the channels and places of one sample, or over a group of its channels: what those have in
   * common is taken away.
   *
   * @param channels normalized together
   * @param gamma mean square of the factors
   * @param beta mean square of the shifts
   */
  static NormalizationStep ofSample(
      Values input, int channels, double epsilon, double gamma, double beta) {
    double square = input.mean() * input.mean();
    int places = input.places();
    double sameChannel =
        places == 1
            ? input.meanSquare()
            : (input.meanSquare() + (places - 1) * input.products().sameSample()) / places;
    double common = square + (sameChannel - square) / channels;
    // Two directions of the gradient are taken away: the mean, and the values themselves.
    double values = (double) channels * places;
    return of(input, common, epsilon, gamma, beta, Math.max(0, 1 - 2 / values));
  }

  private static NormalizationStep of(
      Values input, double common, double epsilon, double gamma, double beta, double left) {
    double scale = gamma / (input.meanSquare() - common + epsilon);
    DoubleUnaryOperator change = square -> (square - common) * scale + beta;
    // What is left is taken as the same at all places.
    double[] squares = new double[input.places()];
    Arrays.fill(squares, change.applyAsDouble(input.meanSquare()));
    MeanProducts products = input.products().map(change);
    boolean normal = input.law() != null && input.law().isNormal();
    Values output =
        normal
            ? Values.normal(input.shape(), squares, products)
            : new Values(input.shape(), squares, 0, products, null, 0);
    return new NormalizationStep(output, scale * left, Double.isNaN(scale));
  }

  @Override
  double[] back(double[] energies) {
    return Arrays.stream(energies).map(e -> e * factor).toArray();
  }

  @Override
  List<String> notForecast() {
    return unknown
        ? List.of(
            "Normalization depends on the correlation between samples, which is not known here.")
        : List.of();
  }
}
