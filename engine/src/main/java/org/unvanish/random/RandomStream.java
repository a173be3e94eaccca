package org.unvanish.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The random numbers of one purpose of one run: L64X128MixRandom, seeded from (seed, purpose).
 *
 * <p>Only {@code nextLong} is taken from the JDK; what is made of it is written here, because the
 * JDK's own {@code nextGaussian} and bounded numbers may change from one release to the next.
 *
 * @since 0.1
 */
public final class RandomStream {

  private final RandomGenerator generator;
  private double spare;
  private boolean hasSpare;

  /**
   * @param seed of the run
   * @param purpose such as {@code initial values}; another purpose gives other numbers
   */
  public RandomStream(long seed, String purpose) {
    long mixed = mix(seed);
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      mixed = mix(mixed ^ b);
    }
    generator = RandomGeneratorFactory.of("L64X128MixRandom").create(mixed);
  }

  /** Sends near seeds far apart: the finalizer of SplitMix64 (Steele, Lea &amp; Flood 2014). */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  public double uniform() {
    return (generator.nextLong() >>> 11) * 0x1p-53;
  }

  /** Standard normal, by the polar method (Marsaglia &amp; Bray 1964). */
  public double normal() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double a;
    double b;
    double s;
    do {
      a = 2 * uniform() - 1;
      b = 2 * uniform() - 1;
      s = a * a + b * b;
    } while (s >= 1 || s == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
    spare = b * factor;
    hasSpare = true;
    return a * factor;
  }

  /** Shuffles in place (Fisher &amp; Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Uniform on 0 … bound − 1, without bias (Lemire 2019). */
  private int below(int bound) {
    long product = (generator.nextLong() >>> 32) * bound;
    long low = product & 0xffff_ffffL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (generator.nextLong() >>> 32) * bound;
        low = product & 0xffff_ffffL;
      }
    }
    return (int) (product >>> 32);
  }
}
