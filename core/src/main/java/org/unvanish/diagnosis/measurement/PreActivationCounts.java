package org.unvanish.diagnosis.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.SaturationPoint;

/**
 * Counts how far the pre-activations of an activation function lie on the way to its saturation
 * point.
 */
public final class PreActivationCounts {

  private static final double[] STARTS =
      Saturation.RANGES.stream().mapToDouble(Double::doubleValue).toArray();

  /** The first range beyond the saturation point. */
  private static final int SATURATED = Saturation.RANGES.indexOf(1.0);

  private final SaturationPoint point;
  private final boolean canDie;

  /** How many lie in a range or beyond it. */
  private final long[] reached = new long[STARTS.length];

  private final BitSet alive = new BitSet();
  private int units;
  private double squares;

  /**
   * @param function the base function
   */
  public PreActivationCounts(ActivationFunction function) {
    this.point = SaturationPoint.of(function);
    this.canDie = function == ActivationFunction.RELU;
  }

  /** Where the function saturates. */
  public SaturationPoint point() {
    return point;
  }

  /** Whether a unit may be dead, so that {@link #addUnit} has to be told. */
  public boolean canDie() {
    return canDie;
  }

  /**
   * The smallest pre-activation in each of the {@link Saturation#RANGES ranges} but the first; all
   * infinite where the function does not saturate.
   */
  public float[] bounds() {
    float[] bounds = new float[STARTS.length - 1];
    if (Double.isInfinite(point.position())) {
      Arrays.fill(bounds, Float.POSITIVE_INFINITY);
      return bounds;
    }
    for (int i = 0; i < bounds.length; i++) {
      float bound = (float) (STARTS[i + 1] * point.position());
      // Dividing by the saturation point is monotone.
      while (point.distance(bound) >= STARTS[i + 1]) {
        bound = Math.nextDown(bound);
      }
      while (point.distance(bound) < STARTS[i + 1]) {
        bound = Math.nextUp(bound);
      }
      bounds[i] = bound;
    }
    return bounds;
  }

  /**
   * Adds one pre-activation.
   *
   * @param unit it is of: of a convolution the channel, from 0
   * @param u what the base function is applied to; NaN counts as 0 for the ranges
   */
  public void add(int unit, double u) {
    double distance = point.distance(u);
    reached[0]++;
    for (int range = 1; range < STARTS.length && distance >= STARTS[range]; range++) {
      reached[range]++;
    }
    double counted = point.oneSided() ? Math.max(u, 0) : u;
    squares += counted * counted;
    // NaN, of a network that has overflowed, is not dead.
    addUnit(unit, !(u <= 0));
  }

  /**
   * Adds many that were counted elsewhere.
   *
   * @param count how many they are
   * @param beyond how many reach each of the {@link #bounds}
   * @param sumOfSquares of them; where only positive ones saturate, of those
   */
  public void addAll(long count, long[] beyond, double sumOfSquares) {
    reached[0] += count;
    for (int range = 1; range < STARTS.length && Double.isFinite(point.position()); range++) {
      reached[range] += beyond[range - 1];
    }
    squares += sumOfSquares;
  }

  /**
   * Tells whether a unit's f′ was other than 0 for a sample.
   *
   * @param unit from 0
   */
  public void addUnit(int unit, boolean lives) {
    units = Math.max(units, unit + 1);
    if (lives || !canDie) {
      alive.set(unit);
    }
  }

  /** The shares that lie in each range, of at least one pre-activation. */
  public Saturation saturation() {
    long total = reached[0];
    List<Double> shares = new ArrayList<>();
    for (int range = 0; range < STARTS.length; range++) {
      long next = range + 1 < STARTS.length ? reached[range + 1] : 0;
      shares.add((double) (reached[range] - next) / total);
    }
    return new Saturation(
        (double) reached[SATURATED] / total,
        (double) (units - alive.cardinality()) / Math.max(1, units),
        Math.sqrt(squares / total) / point.position(),
        shares);
  }
}
