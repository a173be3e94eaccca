package org.unvanish.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout's one constant: 16 samples stand side by side, whatever the hardware's vectors hold.
 *
 * <p>Where vectors are shorter, a kernel passes over the 16 lanes in several vectors. The lanes
 * never meet within a kernel, and sums over them are taken by {@link #sum} in one fixed order; so a
 * result does not depend on the length of the vectors.
 *
 * <p>No other class of vectors is used anywhere than that of {@link #SPECIES} and {@link #INTS}.
 * The vector module's own methods are shared by all its classes, and HotSpot's compiler removes a
 * vector object where it has seen one or two classes there; after a third one, every operation of
 * every kernel allocates, and training takes ten times as long until the process ends.
 */
public final class Lanes {

  /** Samples in a block. */
  public static final int COUNT = 16;

  /** The vectors in use: the hardware's preferred ones, of at most 16 floats. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() <= COUNT
          ? FloatVector.SPECIES_PREFERRED
          : VectorSpecies.of(float.class, VectorShape.S_512_BIT);

  /** As many whole numbers, for the bits of floats. */
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

  /** Floats in a vector: 4, 8 or 16. */
  static final int LENGTH = SPECIES.length();

  /**
   * Where an array's first block starts. An array's values follow a header of 16 bytes; 48 bytes
   * more, and blocks lie on 64-byte boundaries where the JVM aligns objects so ({@code
   * -XX:ObjectAlignmentInBytes=64}, which the launcher passes). Loads that straddle two cache lines
   * cost the weight gradient an eighth of its speed.
   */
  static final int ORIGIN = 12;

  private Lanes() {}

  /** The number of blocks that hold so many samples, the last one perhaps in part. */
  public static int blocks(int samples) {
    return (samples + COUNT - 1) / COUNT;
  }

  /** What the vectors are, for a run's provenance and for benchmarks. */
  public static String describe() {
    return SPECIES.vectorBitSize() + "-bit vectors";
  }

  /** The sum of one number for each lane, added up in the same order. */
  static double sum(double[] v) {
    double a = (v[0] + v[8]) + (v[4] + v[12]);
    double b = (v[1] + v[9]) + (v[5] + v[13]);
    double c = (v[2] + v[10]) + (v[6] + v[14]);
    double d = (v[3] + v[11]) + (v[7] + v[15]);
    return (a + c) + (b + d);
  }

  /** The sum of {@code values[at … at + 15]}: a tree whose shape never changes. */
  static float sum(float[] values, int at) {
    float a = (values[at] + values[at + 8]) + (values[at + 4] + values[at + 12]);
    float b = (values[at + 1] + values[at + 9]) + (values[at + 5] + values[at + 13]);
    float c = (values[at + 2] + values[at + 10]) + (values[at + 6] + values[at + 14]);
    float d = (values[at + 3] + values[at + 11]) + (values[at + 7] + values[at + 15]);
    return (a + c) + (b + d);
  }
}
