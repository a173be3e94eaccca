package org.unvanish.diagnosis.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.diagnosis.evidence.Saturation;

/**
 * Counts how far the pre-activations of an activation function lie on the way to its saturation
 * point.
 */
// An array by side, to which is added value by value.
@SuppressWarnings("EnumOrdinal")
public final class PreActivationCounts {

  private static final double[] STARTS =
      Saturation.RANGES.stream().mapToDouble(Double::doubleValue).toArray();

  /** The first range beyond the saturation point. */
  private static final int SATURATED = Saturation.RANGES.indexOf(1.0);

  /** Which pre-activations one pass over them counts. */
  public enum Side {
    /** All of them, by their size: the function saturates on both sides alike, or on neither. */
    BOTH,
    /** Those above 0. */
    ABOVE,
    /** Those below 0. */
    BELOW;

    /** How far a pre-activation lies out on this side; 0 on the other one. */
    public double size(double u) {
      return switch (this) {
        case BOTH -> Math.abs(u);
        case ABOVE -> Math.max(u, 0);
        case BELOW -> Math.max(-u, 0);
      };
    }
  }

  private final SaturationPoint point;
  private final List<Side> sides;
  private final boolean canDie;

  /** How many lie in a range or beyond it. */
  private final long[] reached = new long[STARTS.length];

  private final BitSet alive = new BitSet();
  private int units;

  /** Of the sizes of each side. */
  private final double[] squares = new double[Side.values().length];

  /**
   * @param function the base function
   */
  public PreActivationCounts(ActivationFunction function) {
    this.point = SaturationPoint.of(function);
    this.sides = sides(point);
    this.canDie = function == ActivationFunction.RELU;
  }

  private static List<Side> sides(SaturationPoint point) {
    if (point.below() == point.above()) {
      return List.of(Side.BOTH);
    }
    return Stream.of(Side.ABOVE, Side.BELOW)
        .filter(side -> Double.isFinite(position(point, side)))
        .toList();
  }

  private static double position(SaturationPoint point, Side side) {
    return side == Side.BELOW ? point.below() : point.above();
  }

  /** The sides on which the function saturates, apart where it does so in different places. */
  public List<Side> sides() {
    return sides;
  }

  /** Whether a unit may be dead, so that {@link #addUnit} has to be told. */
  public boolean canDie() {
    return canDie;
  }

  /**
   * The smallest size in each of the {@link Saturation#RANGES ranges} but the first; all infinite
   * where the function does not saturate.
   */
  public float[] bounds(Side side) {
    float[] bounds = new float[STARTS.length - 1];
    double position = position(point, side);
    if (Double.isInfinite(position)) {
      Arrays.fill(bounds, Float.POSITIVE_INFINITY);
      return bounds;
    }
    for (int i = 0; i < bounds.length; i++) {
      float bound = (float) (STARTS[i + 1] * position);
      // Dividing by the saturation point is monotone.
      while (bound / position >= STARTS[i + 1]) {
        bound = Math.nextDown(bound);
      }
      while (bound / position < STARTS[i + 1]) {
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
    for (Side side : sides) {
      double size = side.size(u);
      squares[side.ordinal()] += size * size;
    }
    // NaN, of a network that has overflowed, is not dead.
    addUnit(unit, !(u <= 0));
  }

  /**
   * Adds to the number of those that were counted elsewhere.
   *
   * @param count how many they are
   */
  public void addCount(long count) {
    reached[0] += count;
  }

  /**
   * Adds what was counted elsewhere on one side.
   *
   * @param beyond how many reach each of its {@link #bounds}
   * @param sumOfSquares of the sizes on this side
   */
  public void addAll(Side side, long[] beyond, double sumOfSquares) {
    for (int range = 1; range < STARTS.length && point.exists(); range++) {
      reached[range] += beyond[range - 1];
    }
    squares[side.ordinal()] += sumOfSquares;
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
        relativeRms(total),
        shares);
  }

  private double relativeRms(long total) {
    double rms = 0;
    for (Side side : sides) {
      double own = Math.sqrt(squares[side.ordinal()] / total) / position(point, side);
      rms = StrictMath.hypot(rms, own);
    }
    return rms;
  }
}
