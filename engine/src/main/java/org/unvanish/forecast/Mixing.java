package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.initialization.ExpectedValues.Form;
import org.unvanish.meanfield.TypicalFactor;
import org.unvanish.network.ParameterTensor;

/** A tensor of weights, which mixes what it reads. */
final class Mixing {

  private final Shape input;
  private final Values output;
  private final Taps taps;
  private final InitialTensor weights;
  private final double gain;
  private final double bias;

  /**
   * @param input what reaches it
   * @param output the shape of what it puts out
   * @param taps which places it reads
   * @param weights the tensor
   * @param gain σ_w²
   * @param bias σ_b²
   */
  Mixing(Values input, Shape output, Taps taps, InitialTensor weights, double gain, double bias) {
    this.input = input.shape();
    this.taps = weights.values().form() == Form.IDENTITY ? taps.centre() : taps;
    this.output = mixed(input, output, this.taps, gain, bias);
    this.weights = weights;
    this.gain = gain;
    this.bias = bias;
  }

  private static Values mixed(Values input, Shape output, Taps taps, double gain, double bias) {
    double[] squares = taps.forward(input.squares(), input.shape(), output);
    // What zeros around take of the squares, and of the products of two places far apart.
    double near = gain * taps.share(input.shape(), output, 1);
    double far = gain * taps.share(input.shape(), output, 2);
    MeanProducts read = input.products().every(taps.stride());
    MeanProducts products =
        new MeanProducts(
            read.distances().stream().map(p -> p * near + bias).toList(),
            read.sameSample() * far + bias,
            read.samePlace() * near + bias,
            read.anywhere() * far + bias);
    return Values.normal(
        output,
        Arrays.stream(squares).map(s -> s * gain + bias).toArray(),
        output.rows() * output.columns() == 1 ? MeanProducts.flat(products.samePlace()) : products);
  }

  /**
   * σ_w² that makes the variance of all values 1, as layer-sequential unit variance does.
   *
   * @param drawn σ_w² before, which stays where all values are the same
   * @param bias σ_b²
   */
  static double unitVariance(Values input, Shape output, Taps taps, double drawn, double bias) {
    Values once = mixed(input, output, taps, 1, 0);
    // What all samples have in common has a mean over the channels, which is no variance.
    double common = once.products().anywhere() / output.channels();
    double variance = once.meanSquare() - (Double.isNaN(common) ? 0 : common);
    return variance <= 0 ? drawn : Math.max(0, 1 - bias) / variance;
  }

  /** What it puts out. */
  Values output() {
    return output;
  }

  /** σ_w². */
  double gain() {
    return gain;
  }

  /** σ_b². */
  double bias() {
    return bias;
  }

  /** How many independent values one value of the gradient in front is the sum of, or seems so. */
  double independent() {
    ParameterTensor tensor = weights.tensor();
    // Each channel of a depthwise convolution has weights of its own.
    boolean depthwise = tensor.name().endsWith("/depthwise");
    return depthwise ? tensor.size() : tensor.fanIn();
  }

  /** As {@link Step#back}. */
  double[] back(double[] energies) {
    double[] spread = taps.back(energies, input, output.shape());
    return Arrays.stream(spread).map(e -> e * gain).toArray();
  }

  /** As {@link Step#paddingFactor}. */
  double paddingFactor(double[] energies) {
    double all = Arrays.stream(energies).sum();
    return Arrays.stream(taps.back(energies, input, output.shape())).sum() / all;
  }

  /** As {@link Step#typical}. */
  TypicalFactor typical() {
    ParameterTensor tensor = weights.tensor();
    if (weights.values().form() == Form.INDEPENDENT) {
      return TypicalFactor.linear(independent());
    }
    double rows = tensor.shape().get(0);
    double columns = tensor.size() / rows;
    if (weights.values().form() == Form.ORTHOGONAL && rows > columns) {
      // The length of a projection: a Beta number with columns/2 and (rows − columns)/2.
      TypicalFactor projected = TypicalFactor.linear(columns);
      TypicalFactor whole = TypicalFactor.linear(rows);
      return new TypicalFactor(
          projected.mean() - whole.mean(), projected.variance() - whole.variance(), 0);
    }
    return Step.STEADY;
  }

  /** As {@link Step#approximated}. */
  List<String> approximated() {
    return switch (weights.values().form()) {
      case INDEPENDENT, ORTHOGONAL -> List.of();
      case IDENTITY ->
          List.of(
              "Weights that are nearly the identity are treated as independent ones of the same size.");
      case GIVEN ->
          List.of("Given weights are treated as independent ones of the same mean square.");
    };
  }
}
