package org.unvanish.theory.chain;

/**
 * The numbers in the paper's theorems, and for which (t, x) theorem 1 is true.
 *
 * <p>Source: Ven &amp; Lederer (2021), theorems 1 and 2. The regions are derived in the project's
 * {@code docs/theory.md}: |θᵏ·∂g/∂θᵏ| ≤ M for every chain of tanh, and nothing below M will do.
 */
public final class TheoremBounds {

  private static final Bracket PEAK = TheoremThresholds.peak().bracket();
  private static final Bracket CLAIM1 = TheoremThresholds.claim1();

  private TheoremBounds() {}

  /** M = 0.4477…, the maximum of w·tanh′(w). */
  public static double peak() {
    return PEAK.low();
  }

  /**
   * The smallest |θⁱ| that theorem 1 allows: log(1/t)/min{|x|, ½}.
   *
   * @param x the input, finite and not 0
   * @param t in (0, 1)
   * @throws IllegalArgumentException if x or t is out of its range
   */
  public static double smallestParameter(double x, double t) {
    return logT(t) / reach(x);
  }

  /**
   * True where claim 1 of theorem 1 is true for all l, k, θ and y: t is at most 0.7384…, or |x| at
   * most t·log(1/t)/M.
   *
   * @param x the input, finite and not 0
   * @param t in (0, 1)
   * @throws IllegalArgumentException if x or t is out of its range
   */
  public static boolean isClaim1True(double x, double t) {
    double logT = logT(t);
    return t <= CLAIM1.low() || reach(x) <= t * logT / peak();
  }

  /**
   * True where claim 2 of theorem 1 is true for all l, k, θ, y and r: log(1/t) is at least m·√(M/(1
   * − m)) with m = min{|x|, ½}.
   *
   * @param x the input, finite and not 0
   * @param t in (0, 1)
   * @throws IllegalArgumentException if x or t is out of its range
   */
  public static boolean isClaim2True(double x, double t) {
    double m = reach(x);
    return logT(t) >= m * Math.sqrt(peak() / (1 - m));
  }

  /**
   * The bound of theorem 2 without the factor |d|: 1/2^(l−k+1).
   *
   * @param length l, at least 1
   * @param k from 1 to l
   * @throws IllegalArgumentException if l or k is out of its range
   */
  public static WideNumber manyLayers(int length, int k) {
    if (k < 1 || k > length) {
      throw new IllegalArgumentException("k must be from 1 to l = " + length + ", but is " + k);
    }
    return new WideNumber(1, k - length - 1L);
  }

  private static double logT(double t) {
    if (!(t > 0 && t < 1)) {
      throw new IllegalArgumentException("t must lie between 0 and 1, but is " + t);
    }
    return -StrictMath.log(t);
  }

  private static double reach(double x) {
    ChainNetwork.requireFinite("x", x);
    if (x == 0) {
      throw new IllegalArgumentException("x must not be 0: theorem 1 divides by it");
    }
    return Math.min(Math.abs(x), 0.5);
  }
}
