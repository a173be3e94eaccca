package org.unvanish.forecast;

import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;

/**
 * What one layer's initial weights are expected to do to the backpropagated gradient, to be
 * compared with the {@link org.unvanish.diagnosis.evidence.LayerEvidence} of the same name, which
 * is measured.
 *
 * <p>Factors are decimal logarithms of amplitude, without geometry: 0 keeps the size, −1 leaves a
 * tenth. A number that theory does not have is NaN.
 *
 * @param name as in the network: {@code conv1}
 * @param activation what is applied behind the weights; empty if nothing is, or more than one
 * @param sigmaW σ_w of the base function f: standard deviation of the weights times √fanIn, times
 *     the factor in front of the f before it and the factor inside of its own; NaN of a residual
 *     block
 * @param sigmaB σ_b of the base function: standard deviation of the biases, divided by α
 * @param variance mean square q of the pre-activations, as the weights put them out; of a residual
 *     block, of its output
 * @param saturatedShare of the pre-activations, beyond the saturation point, in [0, 1]
 * @param activationLog10 the factor of f′, in root mean square
 * @param weightsLog10 the factor of all else, in root mean square: weights, padding, normalization,
 *     dropout and pooling. Of the first layer without its weights, for there the backward pass ends
 * @param paddingLog10 the part of it that zero padding takes, at most 0
 * @param typicalLog10 what it does to the gradient of a typical sample in a typical network: the
 *     mean of the logarithm over initial weights
 * @param spreadLog10 standard deviation of that logarithm over initial weights, for one sample
 * @param criticalFactor what the layer's weights would have to be multiplied by, so that a small
 *     gradient typically keeps its size; NaN where no factor does that
 * @param notForecast why a number is missing, a sentence each; empty if none is
 * @param approximated what is only nearly so, a sentence each
 * @param inside of a residual block the layers of its branch, first to last; of others none
 * @since 0.1
 */
public record LayerForecast(
    String name,
    Optional<Activation> activation,
    double sigmaW,
    double sigmaB,
    double variance,
    double saturatedShare,
    double activationLog10,
    double weightsLog10,
    double paddingLog10,
    double typicalLog10,
    double spreadLog10,
    double criticalFactor,
    List<String> notForecast,
    List<String> approximated,
    List<LayerForecast> inside) {

  /** Copies the lists. */
  public LayerForecast {
    notForecast = List.copyOf(notForecast);
    approximated = List.copyOf(approximated);
    inside = List.copyOf(inside);
  }

  /** True of a residual block. */
  public boolean isResidual() {
    return !inside.isEmpty();
  }

  /** What the layer does to the root mean square of the gradient, over networks and samples. */
  public double rmsLog10() {
    return activationLog10 + weightsLog10;
  }

  /** Whether its factors are forecast. */
  public boolean isComplete() {
    return !Double.isNaN(rmsLog10());
  }
}
