package org.unvanish.theory.chain;

/**
 * Two doubles between which a number is proved to lie, by interval arithmetic.
 *
 * @param low not above the number
 * @param high not below it
 */
public record Bracket(double low, double high) {

  /**
   * @throws IllegalArgumentException if low is not at most high
   */
  public Bracket {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must not exceed high: " + low + ", " + high);
    }
  }
}
