package org.unvanish.diagnosis.evidence;

import java.util.List;
import org.unvanish.activation.SaturationPoint;

/**
 * Where the pre-activations of an activation function lie, over all units and samples of a window.
 *
 * <p>The measure is the {@link SaturationPoint}: there f′ is a tenth of its largest value. A
 * function without one (relu, identity) has saturated share 0, and all lies at distance 0.
 *
 * @param saturatedShare share of pre-activations beyond the saturation point, in [0, 1]
 * @param deadShare share of units (of a convolution: channels) whose f′ is 0 for all samples though
 *     the function has no saturation point, that is, dead units of relu; in [0, 1]
 * @param relativeRms root mean square of the pre-activations, as a multiple of the saturation point
 * @param shares of pre-activations in [0, ¼), [¼, ½), [½, 1), [1, 2), [2, 4) and [4, ∞) times the
 *     saturation point; they add up to 1
 * @since 0.1
 */
public record Saturation(
    double saturatedShare, double deadShare, double relativeRms, List<Double> shares) {

  /** The lower ends of the ranges of {@link #shares()}, as multiples of the saturation point. */
  public static final List<Double> RANGES = List.of(0.0, 0.25, 0.5, 1.0, 2.0, 4.0);

  /** Of a layer without an activation function. */
  public static final Saturation NONE =
      new Saturation(0, 0, 0, List.of(1.0, 0.0, 0.0, 0.0, 0.0, 0.0));

  /**
   * Copies the shares.
   *
   * @throws IllegalArgumentException if the shares are not as many as the ranges
   */
  public Saturation {
    shares = List.copyOf(shares);
    if (shares.size() != RANGES.size()) {
      throw new IllegalArgumentException(
          "there must be " + RANGES.size() + " shares, but are " + shares.size());
    }
  }
}
