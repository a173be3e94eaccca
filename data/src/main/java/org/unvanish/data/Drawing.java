package org.unvanish.data;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The settings of generated data; an empty one has a default for each kind of data.
 *
 * @param samples how many are drawn in all, to train on and to test on
 * @param noise how much chance there is in them, at least 0
 * @param classes how many classes, or how many labels that each sample has or has not
 * @param steps how long sequences are; what counts is told by each kind
 * @since 0.1
 */
public record Drawing(
    OptionalInt samples, OptionalDouble noise, OptionalInt classes, OptionalInt steps) {

  /** The defaults. */
  public static final Drawing DEFAULT =
      new Drawing(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty());

  /** Of the samples: a class needs one to train on and one to test on. */
  public static final int FEWEST_SAMPLES = 4;

  /** Of the samples. */
  public static final int MOST_SAMPLES = 1_000_000;

  /** Of the noise: beyond it nothing but noise is left. */
  public static final double MOST_NOISE = 100;

  /** Of the steps: beyond it not even four sequences fit. */
  public static final int MOST_STEPS = 100_000_000;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Drawing {
    int count = samples.orElse(FEWEST_SAMPLES);
    if (count < FEWEST_SAMPLES || count > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "there must be from %d to %d samples, not %d"
              .formatted(FEWEST_SAMPLES, MOST_SAMPLES, count));
    }
    // Written so that NaN is refused, too.
    if (noise.isPresent() && !(noise.getAsDouble() >= 0 && noise.getAsDouble() <= MOST_NOISE)) {
      throw new IllegalArgumentException(
          "the noise must be from 0 to " + MOST_NOISE + ", but is " + noise.getAsDouble());
    }
    if (classes.isPresent()
        && (classes.getAsInt() < 2 || classes.getAsInt() > TrainAndTest.MOST_CLASSES)) {
      throw new IllegalArgumentException(
          "there must be from 2 to "
              + TrainAndTest.MOST_CLASSES
              + " classes, not "
              + classes.getAsInt());
    }
    int length = steps.orElse(1);
    if (length < 1 || length > MOST_STEPS) {
      throw new IllegalArgumentException(
          "there must be from 1 to %d steps, not %d".formatted(MOST_STEPS, length));
    }
  }

  /**
   * Of what has no steps.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Drawing(OptionalInt samples, OptionalDouble noise, OptionalInt classes) {
    this(samples, noise, classes, OptionalInt.empty());
  }

  /**
   * The same with so many samples in all.
   *
   * @throws IllegalArgumentException if they are out of their range
   */
  public Drawing withSamples(int other) {
    return new Drawing(OptionalInt.of(other), noise, classes, steps);
  }

  /**
   * The same with so much noise.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public Drawing withNoise(double other) {
    return new Drawing(samples, OptionalDouble.of(other), classes, steps);
  }

  /**
   * The same with so many classes, or labels of each sample.
   *
   * @throws IllegalArgumentException if they are out of their range
   */
  public Drawing withClasses(int other) {
    return new Drawing(samples, noise, OptionalInt.of(other), steps);
  }

  /**
   * The same with sequences of another length.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public Drawing withSteps(int other) {
    return new Drawing(samples, noise, classes, OptionalInt.of(other));
  }
}
