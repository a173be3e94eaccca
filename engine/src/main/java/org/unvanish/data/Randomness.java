package org.unvanish.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random numbers with the same bits on every Java platform: only {@code nextLong} is taken from the
 * library, as how it makes other numbers has changed between versions.
 */
final class Randomness {
  private static final double UNIT = 0x1p-53;

  private final RandomGenerator generator;

  Randomness(long seed) {
    generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Uniform on [low, high). */
  double between(double low, double high) {
    return low + (high - low) * ((generator.nextLong() >>> 11) * UNIT);
  }

  /** True with the given probability. */
  boolean chance(double probability) {
    return between(0, 1) < probability;
  }

  /**
   * Mean 0, standard deviation 1, close to normal: the sum of the four 16-bit parts of one long
   * (Irwin–Hall), as a true normal number would cost several times as much.
   */
  double bell() {
    long bits = generator.nextLong();
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum - 2 * 65535.0) / BELL_DEVIATION;
  }

  /** Of the sum of four uniform 16-bit numbers: √(4·(65536² − 1)/12). */
  private static final double BELL_DEVIATION = Math.sqrt(((double) (1L << 32) - 1) / 3);
}
