package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.meanfield.AlphaGain;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.network.Layer.Role;
import org.unvanish.network.Network;

/** What would become of a stack that repeats a network's layers, and what α can change of it. */
final class Outlook {

  /** How far a critical α is looked for: so many times the present one, and one by so many. */
  static final int FARTHEST = 1000;

  private static final int BISECTIONS = 40;

  private final Network network;
  private final List<LayerForecast> layers;

  /** Whether all layers are weights, pooling and activations: what the propositions speak of. */
  private final boolean isPlain;

  Outlook(Network network, List<LayerForecast> layers) {
    this.network = network;
    this.layers = layers;
    this.isPlain =
        network.layers().stream()
            .noneMatch(
                layer ->
                    layer.role() == Role.NORMALIZATION
                        || layer.role() == Role.BLOCK
                        || layer.readsData());
  }

  /** Rows that a stack would repeat: with weights, that the gradient passes, and a function. */
  private List<LayerForecast> repeated() {
    List<LayerForecast> inside = new ArrayList<>();
    for (LayerForecast layer : layers.subList(Math.min(1, layers.size()), layers.size())) {
      if (layer.activation().isPresent()) {
        inside.add(layer);
      }
    }
    return inside.isEmpty()
        ? layers.stream().filter(layer -> layer.activation().isPresent()).toList()
        : inside;
  }

  /** χ₁: the geometric mean over the layers. */
  double gradientFactor() {
    return isPlain ? StrictMath.exp(meanLogFactor(1)) : Double.NaN;
  }

  /**
   * @param alpha by how much α is larger
   */
  private double meanLogFactor(double alpha) {
    Map<Stacked, Double> known = new HashMap<>();
    return repeated().stream()
        .mapToDouble(
            layer ->
                known.computeIfAbsent(
                    Stacked.of(layer), stacked -> StrictMath.log(stacked.factor(alpha))))
        .average()
        .orElse(Double.NaN);
  }

  /** All that a stack of one layer is: hundreds of a network's layers are often the same. */
  private record Stacked(ActivationFunction function, double sigmaW, double sigmaB) {

    static Stacked of(LayerForecast layer) {
      return new Stacked(
          layer.activation().orElseThrow().function(), layer.sigmaW(), layer.sigmaB());
    }

    double factor(double alpha) {
      VarianceMap map = new VarianceMap(Activation.of(function), sigmaW, sigmaB / alpha);
      return map.factor(map.fixedVariance());
    }
  }

  /** The scale of all activations, where it is one; 1 where they are not scaled. */
  OptionalDouble alpha() {
    List<Double> scales =
        network.activations().stream()
            .filter(activation -> activation.function() != ActivationFunction.IDENTITY)
            .map(activation -> activation.scale() instanceof Scale.Fixed f ? f.alpha() : Double.NaN)
            .distinct()
            .toList();
    return isPlain && scales.size() == 1 && !Double.isNaN(scales.get(0))
        ? OptionalDouble.of(scales.get(0))
        : OptionalDouble.empty();
  }

  /** Without biases, what f′ takes now: all that any α can give back. */
  double alphaGainLog10() {
    boolean bounded =
        isPlain
            && alpha().isPresent()
            && layers.stream().allMatch(layer -> layer.sigmaB() == 0)
            && network.activations().stream().allMatch(a -> AlphaGain.holdsFor(a.function()));
    return bounded ? layers.stream().mapToDouble(Outlook::takenLog10).sum() : Double.NaN;
  }

  private static double takenLog10(LayerForecast layer) {
    double largest = layer.activation().map(a -> StrictMath.log10(a.derivative(0))).orElse(0.0);
    return Math.max(0, largest - layer.activationLog10());
  }

  /** The α at which the geometric mean of the factors is 1. */
  OptionalDouble criticalAlpha() {
    boolean biases = layers.stream().anyMatch(layer -> layer.sigmaB() > 0);
    if (!isPlain || alpha().isEmpty() || !biases || repeated().isEmpty()) {
      return OptionalDouble.empty();
    }
    DoubleUnaryOperator left = ln -> meanLogFactor(StrictMath.exp(ln));
    double high = StrictMath.log(FARTHEST);
    double low = -high;
    if (!(left.applyAsDouble(low) < 0 && left.applyAsDouble(high) > 0)) {
      return OptionalDouble.empty();
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (left.applyAsDouble(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(alpha().getAsDouble() * StrictMath.exp((low + high) / 2));
  }
}
