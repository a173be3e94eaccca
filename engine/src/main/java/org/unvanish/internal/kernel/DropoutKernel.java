package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.INTS;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.unvanish.random.RandomMask;

/** Dropout with the bits of {@link RandomMask}, for 16 samples at once. */
public final class DropoutKernel {

  private static final int COUNT = Lanes.COUNT;

  private final int threshold;
  private final float factor;
  private final int[] even = new int[COUNT];
  private final int[] odd = new int[COUNT];

  /**
   * @param rate share of values that are dropped, at least 0 and below 1; the others are divided by
   *     what is left, so that their mean stays
   */
  public DropoutKernel(double rate) {
    this.threshold = RandomMask.threshold(rate);
    this.factor = (float) (1 / (1 - rate));
  }

  /**
   * Draws a block's mask.
   *
   * @param key of the layer and step
   * @param first place in the batch of the block's first sample
   * @param mask receives 0 where a value is dropped, else the factor that it gets
   */
  public void draw(long key, int first, LaneTensor mask) {
    int[] keys = RandomMask.keys(key);
    int unit = 0;
    for (int channel = 0; channel < mask.shape.channels(); channel++) {
      for (int row = 0; row < mask.shape.rows(); row++) {
        int from = mask.index(channel, row, 0);
        for (int i = 0; i < mask.rowLength(); i += COUNT) {
          if (unit % 2 == 0) {
            words(keys, first, unit / 2);
          }
          factors(unit % 2 == 0 ? even : odd, threshold, factor, mask.values, from + i);
          unit++;
        }
      }
    }
  }

  /** For a pair of units: the first words of the 16 samples, and the second ones. */
  private void words(int[] keys, int first, int pair) {
    for (int lane = 0; lane < COUNT; lane++) {
      even[lane] = first + lane + keys[0];
      odd[lane] = pair + keys[1];
    }
    for (int turn = 1; turn <= RandomMask.TURNS; turn++) {
      int[] bits = RandomMask.rotations(turn);
      int added = keys[(turn + 1) % keys.length] + turn;
      rounds(even, odd, bits[0], bits[1], bits[2], bits[3], keys[turn % keys.length], added);
    }
  }

  /** Four rounds and a turn of the key; all twenty in one method would be too long to compile. */
  private static void rounds(
      int[] even, int[] odd, int bits0, int bits1, int bits2, int bits3, int key0, int key1) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      IntVector x0 = IntVector.fromArray(INTS, even, lane);
      IntVector x1 = IntVector.fromArray(INTS, odd, lane);
      x0 = x0.add(x1);
      x1 = rotated(x1, bits0).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = rotated(x1, bits1).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = rotated(x1, bits2).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = rotated(x1, bits3).lanewise(VectorOperators.XOR, x0);
      x0.add(key0).intoArray(even, lane);
      x1.add(key1).intoArray(odd, lane);
    }
  }

  private static IntVector rotated(IntVector x, int bits) {
    return x.lanewise(VectorOperators.LSHL, bits)
        .or(x.lanewise(VectorOperators.LSHR, Integer.SIZE - bits));
  }

  private static void factors(int[] words, int threshold, float factor, float[] mask, int at) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      IntVector drawn =
          IntVector.fromArray(INTS, words, lane)
              .lanewise(VectorOperators.LSHR, Integer.SIZE - RandomMask.BITS);
      // The sign of threshold − 1 − drawn is 1 where the value stays.
      IntVector kept =
          IntVector.broadcast(INTS, threshold - 1).sub(drawn).lanewise(VectorOperators.LSHR, 31);
      ((FloatVector) kept.convertShape(VectorOperators.I2F, SPECIES, 0))
          .mul(factor)
          .intoArray(mask, at + lane);
    }
  }

  /** Multiplies value by value; the output's halo stays. */
  public static void multiply(LaneTensor x, LaneTensor mask, LaneTensor y) {
    for (int channel = 0; channel < mask.shape.channels(); channel++) {
      for (int row = 0; row < mask.shape.rows(); row++) {
        multiplyRow(
            x.values,
            x.index(channel, row, 0),
            mask.values,
            mask.index(channel, row, 0),
            y.values,
            y.index(channel, row, 0),
            mask.rowLength());
      }
    }
  }

  private static void multiplyRow(
      float[] x, int from, float[] mask, int at, float[] y, int to, int length) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector.fromArray(SPECIES, x, from + i)
          .mul(FloatVector.fromArray(SPECIES, mask, at + i))
          .intoArray(y, to + i);
    }
  }
}
