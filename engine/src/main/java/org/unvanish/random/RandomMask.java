package org.unvanish.random;

/**
 * Which values are dropped, as a pure function of the run's seed, the layer, the step, the sample's
 * place in the batch and the unit: whoever asks, in whatever order, gets the same answer.
 *
 * <p>The bits are those of Threefry-2×32 with 20 rounds (Salmon et al. 2011, "Parallel random
 * numbers: as easy as 1, 2, 3"), whose key is mixed of seed, layer and step: two words for each
 * sample and pair of units. Additions, rotations and exclusive ors of whole numbers are the same
 * everywhere.
 */
public final class RandomMask {

  /** Bits of a word that decide: as many as a float has digits. */
  public static final int BITS = 24;

  /** Turns of four rounds each. */
  public static final int TURNS = 5;

  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

  private RandomMask() {}

  /**
   * The key of a layer in a step.
   *
   * @param seed of the run
   * @param layer number of the layer among those that drop, from 0
   * @param step steps that the run has done before
   */
  public static long key(long seed, int layer, long step) {
    return RandomStream.mix(RandomStream.mix(RandomStream.mix(seed) ^ layer) ^ step);
  }

  /**
   * What a share of values is among 2^{@value #BITS} equally likely ones.
   *
   * @param rate at least 0, below 1
   */
  public static int threshold(double rate) {
    return (int) Math.rint(rate * (1 << BITS));
  }

  /**
   * Whether a value is dropped.
   *
   * @param sample place in the batch, from 0
   * @param unit number of the value in the sample, from 0
   * @param threshold of the rate
   */
  public static boolean drops(long key, int sample, int unit, int threshold) {
    return word(key, sample, unit) >>> (Integer.SIZE - BITS) < threshold;
  }

  /** The word of a value. */
  static int word(long key, int sample, int unit) {
    long pair = words(key, sample, unit >>> 1);
    return (int) (unit % 2 == 0 ? pair >>> Integer.SIZE : pair);
  }

  /** Two words for a counter of two words. */
  static long words(long key, int first, int second) {
    int[] keys = keys(key);
    int x0 = first + keys[0];
    int x1 = second + keys[1];
    for (int turn = 1; turn <= TURNS; turn++) {
      for (int rotation : rotations(turn)) {
        x0 += x1;
        x1 = Integer.rotateLeft(x1, rotation) ^ x0;
      }
      x0 += keys[turn % 3];
      x1 += keys[(turn + 1) % 3] + turn;
    }
    return ((long) x0 << Integer.SIZE) | (x1 & 0xffff_ffffL);
  }

  /** By how many bits the four rounds of a turn rotate: the generator's own array. */
  public static int[] rotations(int turn) {
    return ROTATIONS[(turn - 1) % 2];
  }

  /** The three words that a key comes to. */
  public static int[] keys(long key) {
    int first = (int) (key >>> Integer.SIZE);
    int second = (int) key;
    return new int[] {first, second, 0x1bd11bda ^ first ^ second};
  }
}
