package org.unvanish.meanfield;

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
  CHAOTIC
}
