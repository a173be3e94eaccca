package org.unvanish.meanfield;

import java.util.Locale;

/**
 * On which side of the critical line a network lies.
 *
 * @since 0.1
 */
public enum Phase {
  /** χ₁ &lt; 1: gradients vanish with depth, and all inputs become alike. */
  ORDERED,

  /** χ₁ = 1. */
  CRITICAL,

  /** χ₁ &gt; 1: gradients explode with depth, and near inputs become different. */
  CHAOTIC;

  /** How near to 1 is critical: what rounding makes of χ₁ on the critical line. */
  static final double NEAR = 1e-9;

  /**
   * The phase of layers that multiply the gradient's energy by so much; critical within 10⁻⁹ of 1.
   *
   * @param factor χ₁, not NaN
   */
  public static Phase of(double factor) {
    if (Math.abs(factor - 1) <= NEAR) {
      return CRITICAL;
    }
    return factor < 1 ? ORDERED : CHAOTIC;
  }

  /** As texts and JSON have it: {@code ordered}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
