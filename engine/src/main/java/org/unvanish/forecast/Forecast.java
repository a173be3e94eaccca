package org.unvanish.forecast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.unvanish.meanfield.Phase;

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
   * ξ_∇: in so many layers of a stack that repeats the network's, the gradient's energy shrinks by
   * e. Negative where it grows; infinite where it stays.
   */
  public double gradientScale() {
    return phase().equals(Optional.of(Phase.CRITICAL))
        ? Double.POSITIVE_INFINITY
        : -1 / StrictMath.log(gradientFactor);
  }

  /** The phase of such a stack; empty where it has none. */
  public Optional<Phase> phase() {
    return Double.isNaN(gradientFactor) ? Optional.empty() : Optional.of(Phase.of(gradientFactor));
  }

  /**
   * What a scale can gain at most in root mean square, without biases.
   *
   * @param times how many times the present α it is, at least 1
   * @return NaN where no bound is known
   */
  public double alphaGainLog10(double times) {
    return Math.min(StrictMath.log10(times), alphaGainLog10);
  }

  /** The layers without a forecast, by name. */
  public List<String> missing() {
    return layers.stream().filter(l -> !l.isComplete()).map(LayerForecast::name).toList();
  }

  /** Whether all layers are forecast. */
  public boolean isComplete() {
    return missing().isEmpty();
  }

  /**
   * For people: what happens to the gradient, what α can do about it and what to do, then layer by
   * layer in orders of magnitude (−1: a tenth of the gradient is left). Lines end with LF.
   */
  public String explain() {
    return new ForecastText(this).all();
  }
}
