package org.unvanish.examination;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.CriticalLine;
import org.unvanish.meanfield.DenseStack;
import org.unvanish.meanfield.FixedPoint;
import org.unvanish.meanfield.VarianceMap;

/**
 * A dense layer with an activation that is repeated, in mean-field theory: where its variance
 * settles and how the gradient changes.
 *
 * @param function the base function f of the activation α·f(z/α)
 * @param sigmaW standard deviation of the weights times √fan-in, above 0
 * @param sigmaB standard deviation of the biases, at least 0
 * @param alpha the scale α, above 0
 * @param width units of the layer, at least 1; empty for infinitely many
 * @param depth layers of weights, at least 2, if that is asked for
 */
public record RepeatedLayer(
    ActivationFunction function,
    double sigmaW,
    double sigmaB,
    double alpha,
    OptionalInt width,
    OptionalInt depth) {

  /** Of the inputs, where a depth is given. */
  private static final double INPUT_MEAN_SQUARE = 1;

  /** Units where none are given: the root mean square does not depend on them. */
  private static final int ANY = 1_000;

  /**
   * What is left of the gradient over the given depth.
   *
   * @param alpha with which scale
   * @param rmsLog10 in root mean square, log₁₀
   * @param typicalLog10 for typical initial weights; NaN without a width
   * @param spreadLog10 standard deviation of that over initial weights; NaN without a width
   */
  public record Kept(double alpha, double rmsLog10, double typicalLog10, double spreadLog10) {}

  private VarianceMap map(double scale) {
    return new VarianceMap(Activation.scaled(function, scale), sigmaW, sigmaB);
  }

  /** Where variance and correlation settle. */
  public FixedPoint fixedPoint() {
    return FixedPoint.of(map(alpha));
  }

  /** The σ_w that is critical with these biases and this scale, which divides them. */
  public OptionalDouble criticalSigmaW() {
    return new CriticalLine(function).sigmaW(sigmaB / alpha);
  }

  /** The scale that is critical with these weights and biases. */
  public OptionalDouble criticalAlpha() {
    return sigmaB > 0 ? new CriticalLine(function).alpha(sigmaW, sigmaB) : OptionalDouble.empty();
  }

  /**
   * What is left without and with the scale, for inputs of mean square 1; nothing without depth.
   */
  public List<Kept> kept() {
    return depth.isPresent()
        ? DoubleStream.of(1, alpha).distinct().mapToObj(this::kept).toList()
        : List.of();
  }

  private Kept kept(double scale) {
    DenseStack stack =
        DenseStack.equal(map(scale), width.orElse(ANY), depth.getAsInt(), INPUT_MEAN_SQUARE);
    return new Kept(
        scale,
        log10(stack.lnMean(0)),
        width.isPresent() ? log10(stack.lnTypical(0)) : Double.NaN,
        width.isPresent() ? log10(Math.sqrt(stack.varianceOfLn(0))) : Double.NaN);
  }

  /** Of the natural logarithm of an energy that of the amplitude. */
  private static double log10(double lnEnergy) {
    return lnEnergy / 2 / Math.log(10);
  }
}
