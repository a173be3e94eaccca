package org.unvanish.forecast;

/**
 * What a forecast has to know of the data, as the network reads them: behind the input scaling.
 * Numbers of categories do not count.
 *
 * @param meanSquare of all values
 * @since 0.1
 */
public record InputStatistics(double meanSquare) {
  /**
   * @throws IllegalArgumentException if the mean square is not finite or below 0
   */
  public InputStatistics {
    if (!(meanSquare >= 0 && meanSquare < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the mean square of the inputs must be a finite number from 0, but is " + meanSquare);
    }
  }
}
