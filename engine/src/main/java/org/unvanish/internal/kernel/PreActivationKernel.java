package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.INTS;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Counts how many scaled pre-activations inner·z reach given bounds.
 *
 * <p>Floats that are not negative are ordered as their bits are, so bounds are compared as whole
 * numbers: vectors of truth values are several times as slow.
 */
public final class PreActivationKernel {

  /** Bounds that are counted. */
  public static final int BOUNDS = 5;

  private static final int SIZE = 0x7fff_ffff;

  private final float inner;
  private final boolean oneSided;

  /** The largest bits below each bound; last those of infinity, beyond which is NaN. */
  private final int[] below = new int[BOUNDS + 1];

  private final long[] reached = new long[BOUNDS + 1];

  /** Of the block at hand, 16 lanes for each bound. */
  private final int[] counts = new int[(BOUNDS + 1) * Lanes.COUNT];

  private double squares;

  /**
   * @param inner the factor in front of z
   * @param oneSided true where only positive ones count, false where their size does
   * @param bounds five numbers above 0, perhaps infinite
   */
  public PreActivationKernel(float inner, boolean oneSided, float[] bounds) {
    this.inner = inner;
    this.oneSided = oneSided;
    for (int bound = 0; bound < BOUNDS; bound++) {
      below[bound] = Float.floatToIntBits(bounds[bound]) - 1;
    }
    below[BOUNDS] = Float.floatToIntBits(Float.POSITIVE_INFINITY);
  }

  /**
   * Adds the scaled pre-activations u = inner·z of a block.
   *
   * @param samples lanes in use: the first ones
   */
  public void add(LaneTensor z, int samples) {
    float floor = oneSided ? 0 : Float.NEGATIVE_INFINITY;
    int sign = inner < 0 ? -1 : 1;
    // The zeros of the halo reach no bound.
    squares += (double) inner * inner * LaneValues.sumOfSquares(z, samples, floor, sign);
    for (int lane = 0; lane < Lanes.COUNT; lane += LENGTH) {
      count(z.values, lane, inner, oneSided ? -1 : SIZE, below, counts);
    }
    for (int lane = 0; lane < samples; lane++) {
      for (int bound = 0; bound <= BOUNDS; bound++) {
        reached[bound] += counts[bound * Lanes.COUNT + lane];
      }
    }
    Arrays.fill(counts, 0);
  }

  private static void count(
      float[] values, int lane, float inner, int mask, int[] below, int[] counts) {
    IntVector sum0 = IntVector.fromArray(INTS, counts, lane);
    IntVector sum1 = IntVector.fromArray(INTS, counts, lane + Lanes.COUNT);
    IntVector sum2 = IntVector.fromArray(INTS, counts, lane + 2 * Lanes.COUNT);
    IntVector sum3 = IntVector.fromArray(INTS, counts, lane + 3 * Lanes.COUNT);
    IntVector sum4 = IntVector.fromArray(INTS, counts, lane + 4 * Lanes.COUNT);
    IntVector sum5 = IntVector.fromArray(INTS, counts, lane + 5 * Lanes.COUNT);
    IntVector below0 = IntVector.broadcast(INTS, below[0]);
    IntVector below1 = IntVector.broadcast(INTS, below[1]);
    IntVector below2 = IntVector.broadcast(INTS, below[2]);
    IntVector below3 = IntVector.broadcast(INTS, below[3]);
    IntVector below4 = IntVector.broadcast(INTS, below[4]);
    IntVector below5 = IntVector.broadcast(INTS, below[5]);
    for (int i = Lanes.ORIGIN + lane; i < values.length; i += Lanes.COUNT) {
      FloatVector u = FloatVector.fromArray(SPECIES, values, i).mul(inner);
      IntVector bits = u.reinterpretAsInts().and(mask).max(0);
      // The sign of below − bits is 1 where the bound is reached.
      sum0 = sum0.add(below0.sub(bits).lanewise(VectorOperators.LSHR, 31));
      sum1 = sum1.add(below1.sub(bits).lanewise(VectorOperators.LSHR, 31));
      sum2 = sum2.add(below2.sub(bits).lanewise(VectorOperators.LSHR, 31));
      sum3 = sum3.add(below3.sub(bits).lanewise(VectorOperators.LSHR, 31));
      sum4 = sum4.add(below4.sub(bits).lanewise(VectorOperators.LSHR, 31));
      sum5 = sum5.add(below5.sub(bits).lanewise(VectorOperators.LSHR, 31));
    }
    sum0.intoArray(counts, lane);
    sum1.intoArray(counts, lane + Lanes.COUNT);
    sum2.intoArray(counts, lane + 2 * Lanes.COUNT);
    sum3.intoArray(counts, lane + 3 * Lanes.COUNT);
    sum4.intoArray(counts, lane + 4 * Lanes.COUNT);
    sum5.intoArray(counts, lane + 5 * Lanes.COUNT);
  }

  /** How many have reached a bound, by its number; NaN reaches none. */
  public long reached(int bound) {
    return reached[bound] - reached[BOUNDS];
  }

  /**
   * The sum of the squares of u, where only positive ones count, of those; as exact as {@link
   * LaneValues#sumOfSquares}.
   */
  public double squares() {
    return squares;
  }
}
