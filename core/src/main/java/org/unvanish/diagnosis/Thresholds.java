package org.unvanish.diagnosis;

import java.util.List;

/**
 * The numbers that decide a diagnosis, all in one place. All compare ratios, so that none depends
 * on the scale of the loss. They were chosen on generated networks; {@code docs/diagnosis.md} says
 * how well they do on others.
 *
 * @param networkLog10 how much of the gradient's energy may be lost or gained from the last layer
 *     to the first, in orders of magnitude (log₁₀). With 2, the first layer learns a hundred times
 *     more slowly than the last one under gradient descent
 * @param layerLog10 how much one layer may lose or gain before it is named, as log₁₀. 0.5 is more
 *     than relu (0.15) or a random matrix of a few units does by itself
 * @param saturatedShare share of pre-activations beyond the saturation point from which a layer
 *     counts as saturated. At critical weights fewer than a tenth are
 * @param largeInput root mean square of the data from which it counts as unscaled. Standardised
 *     data has 1, pixels in [0, 1] about 0.5, raw pixels about 140
 * @param reach root mean square of a layer's pre-activations, in saturation points and for inputs
 *     of size 1, up to which large inputs are blamed for its saturation rather than its weights.
 *     With 1.5, half of all normal pre-activations lie beyond the saturation point
 * @param deadShare share of dead units from which a layer of relu counts as dead. Above one half by
 *     far: deep layers of a healthy relu network see nearly parallel inputs, so that half of their
 *     units are off for all samples
 * @param mechanismShare share of all losses (or gains) from which one factor is named alone
 * @param largeTarget root mean square of targets that are numbers, as a multiple of what the
 *     network puts out at first, but at least of 1, from which they count as unscaled. Standardised
 *     ones have 1, and tens are learnt a little later
 * @since 0.1
 */
public record Thresholds(
    double networkLog10,
    double layerLog10,
    double saturatedShare,
    double largeInput,
    double reach,
    double deadShare,
    double mechanismShare,
    double largeTarget) {

  /** The components as users write them, in their order. */
  public static final List<String> NAMES =
      List.of(
          "network-log10",
          "layer-log10",
          "saturated-share",
          "large-input",
          "reach",
          "dead-share",
          "mechanism-share",
          "large-target");

  /** What is used where the user does not say. */
  public static final Thresholds DEFAULT = new Thresholds(2, 0.5, 0.3, 5, 1.5, 0.85, 0.75, 10);

  /**
   * @throws IllegalArgumentException if a number is outside its range
   */
  public Thresholds {
    requirePositive("networkLog10", networkLog10);
    requirePositive("layerLog10", layerLog10);
    requireShare("saturatedShare", saturatedShare);
    requirePositive("largeInput", largeInput);
    requirePositive("reach", reach);
    requireShare("deadShare", deadShare);
    requireShare("mechanismShare", mechanismShare);
    requirePositive("largeTarget", largeTarget);
    if (mechanismShare <= 0.5) {
      throw new IllegalArgumentException(
          "mechanismShare must be above 0.5, so that only one mechanism has it, but is "
              + mechanismShare);
    }
  }

  /**
   * These with one changed.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is none of that name, or the value is outside its
   *     range
   */
  public Thresholds with(String name, double value) {
    double[] values = {
      networkLog10,
      layerLog10,
      saturatedShare,
      largeInput,
      reach,
      deadShare,
      mechanismShare,
      largeTarget
    };
    int index = NAMES.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no threshold " + name + ", only " + String.join(", ", NAMES));
    }
    values[index] = value;
    return new Thresholds(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }

  private static void requireShare(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must lie in (0, 1], but is " + value);
    }
  }
}
