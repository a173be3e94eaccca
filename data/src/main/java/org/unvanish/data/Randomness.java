package org.unvanish.data;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random numbers with the same bits on every Java platform: only {@code nextLong} is taken from the
 * library, as how it makes other numbers has changed between versions.
 */
public final class Randomness {
  private static final double UNIT = 0x1p-53;

  private final RandomGenerator generator;

  public Randomness(long seed) {
    generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Numbers of one purpose; another purpose gives other numbers for the same seed. */
  public Randomness(long seed, String purpose) {
    this(mixed(seed, purpose));
  }

  private static long mixed(long seed, String purpose) {
    long mixed = mix(seed);
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      mixed = mix(mixed ^ b);
    }
    return mixed;
  }

  /** Sends near seeds far apart: the finalizer of SplitMix64 (Steele, Lea &amp; Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * Draws without replacement (Fisher &amp; Yates): moves the drawn values to the front. The first
   * ones do not depend on how many are drawn.
   *
   * @param count how many are drawn, at most all
   */
  void drawFirst(int[] values, int count) {
    for (int i = 0; i < count; i++) {
      int j = i + (int) between(0, values.length - i);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Uniform on [low, high). */
  public double between(double low, double high) {
    return low + (high - low) * ((generator.nextLong() >>> 11) * UNIT);
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return between(0, 1) < probability;
  }

  /**
   * Mean 0, standard deviation 1, close to normal: the sum of the four 16-bit parts of one long
   * (Irwin–Hall), as a true normal number would cost several times as much.
   */
  public double bell() {
    long bits = generator.nextLong();
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum - 2 * 65535.0) / BELL_DEVIATION;
  }

  /** Of the sum of four uniform 16-bit numbers: √(4·(65536² − 1)/12). */
  private static final double BELL_DEVIATION = Math.sqrt(((double) (1L << 32) - 1) / 3);
}
