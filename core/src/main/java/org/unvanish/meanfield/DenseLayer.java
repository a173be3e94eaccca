package org.unvanish.meanfield;

/**
 * An activation function with the weights and biases behind it.
 *
 * @param map f_α, σ_w and σ_b
 * @param units how many independent units the weights read, above 0: the fan-in; may be infinite
 * @since 0.1
 */
public record DenseLayer(VarianceMap map, double units) {

  /**
   * @throws IllegalArgumentException if the number of units is not above 0
   */
  public DenseLayer {
    if (!(units > 0)) {
      throw new IllegalArgumentException("units must be above 0, but is " + units);
    }
  }
}
