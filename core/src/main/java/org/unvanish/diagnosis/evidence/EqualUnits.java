package org.unvanish.diagnosis.evidence;

import java.util.List;

/**
 * Units of a layer that training cannot tell apart: they have the same parameters and the same
 * gradient, so that a step leaves them equal. All weights of 0, or all of one value, make such
 * units.
 *
 * @since 0.1
 */
public final class EqualUnits {

  /** Differences up to this part of a tensor's largest value are rounding. */
  private static final double TOLERANCE = 1e-4;

  private EqualUnits() {}

  /**
   * The share of units that equal another one; 0 in a layer of one unit, and where there is nothing
   * to compare, as for an embedding, whose values belong to categories and not to units.
   *
   * @param units how many there are, at least 1
   * @param tensors parameters of the layer and their gradients; each has as many values for each
   *     unit, those of the first unit first
   * @throws IllegalArgumentException if a tensor cannot be shared out among the units
   */
  public static double share(int units, List<float[]> tensors) {
    if (tensors.isEmpty()) {
      return 0;
    }
    double[] tolerances = new double[tensors.size()];
    for (int i = 0; i < tolerances.length; i++) {
      if (tensors.get(i).length % units != 0) {
        throw new IllegalArgumentException(
            tensors.get(i).length + " values cannot be shared out among " + units + " units");
      }
      tolerances[i] = TOLERANCE * largest(tensors.get(i));
    }
    boolean[] equal = new boolean[units];
    int count = 0;
    for (int unit = 0; unit < units; unit++) {
      for (int other = unit + 1; other < units && !equal[unit]; other++) {
        // An equal one that came before has been compared with all others already.
        if (!equal[other] && areEqual(unit, other, units, tensors, tolerances)) {
          count += markAll(unit, units, tensors, tolerances, equal);
        }
      }
    }
    return (double) count / units;
  }

  private static int markAll(
      int unit, int units, List<float[]> tensors, double[] tolerances, boolean[] equal) {
    equal[unit] = true;
    int count = 1;
    for (int other = unit + 1; other < units; other++) {
      if (!equal[other] && areEqual(unit, other, units, tensors, tolerances)) {
        equal[other] = true;
        count++;
      }
    }
    return count;
  }

  private static boolean areEqual(
      int unit, int other, int units, List<float[]> tensors, double[] tolerances) {
    for (int t = 0; t < tolerances.length; t++) {
      float[] values = tensors.get(t);
      int each = values.length / units;
      for (int i = 0; i < each; i++) {
        // So written that what is not a number equals nothing.
        if (!(Math.abs(values[unit * each + i] - values[other * each + i]) <= tolerances[t])) {
          return false;
        }
      }
    }
    return true;
  }

  private static double largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
