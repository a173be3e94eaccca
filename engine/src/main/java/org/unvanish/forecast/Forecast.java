package org.unvanish.forecast;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the initial weights of a network do to the backpropagated gradient: from the pre-activations
 * or logits behind the last weights to those behind the first.
 *
 * @param layers first to last, as in a {@link org.unvanish.diagnosis.evidence.MeasuredBackward}
 * @param inputs of the data, as they were forecast with
 * @param gradientFactor χ₁, the energy of the gradient after and before a layer, in a stack that
 *     repeats the network's layers without end: below 1 it vanishes, above 1 it explodes. NaN where
 *     there are residual blocks or normalization, or theory has none
 * @param alpha the scale α, where all hidden activations have the same: then scaling is the same as
 *     inputs and biases ÷ α and outputs × α
 * @param alphaGainLog10 what a larger α can gain at most in root mean square, however large it is;
 *     NaN where no bound is known
 * @param criticalAlpha with biases, the α at which a stack that repeats the network's layers keeps
 *     the gradient; empty if there is none
 * @since 0.1
 */
public record Forecast(
    List<LayerForecast> layers,
    InputStatistics inputs,
    double gradientFactor,
    OptionalDouble alpha,
    double alphaGainLog10,
    OptionalDouble criticalAlpha) {

  /** Copies the list. */
  public Forecast {
    layers = List.copyOf(layers);
  }

  /**
   * What all layers do to the root mean square, over networks and samples; NaN if one is unknown.
   */
  public double rmsLog10() {
    return layers.stream().mapToDouble(LayerForecast::rmsLog10).sum();
  }

  /** What all layers do to a typical sample's gradient in a typical network. */
  public double typicalLog10() {
    return layers.stream().mapToDouble(LayerForecast::typicalLog10).sum();
  }

  /** Standard deviation of that over initial weights, for one sample. */
  public double spreadLog10() {
    return Math.sqrt(layers.stream().mapToDouble(l -> l.spreadLog10() * l.spreadLog10()).sum());
  }

  /**
   * In how many layers of a stack that repeats the network's the gradient shrinks to 1/e; negative
   * where it grows to e in so many; infinite where it stays.
   */
  public double gradientScale() {
    return -1 / StrictMath.log(gradientFactor);
  }

  /** The layers without a forecast, by name. */
  public List<String> missing() {
    return layers.stream().filter(l -> !l.isComplete()).map(LayerForecast::name).toList();
  }

  /** Whether all layers are forecast. */
  public boolean isComplete() {
    return missing().isEmpty();
  }
}
