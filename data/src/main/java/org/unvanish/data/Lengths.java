package org.unvanish.data;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many time steps of each sample are real. Sequences of different lengths are padded with zeros
 * at their ends, up to the longest; what stands behind a sample's length is padding and no data.
 *
 * @since 0.1
 */
public final class Lengths implements Serializable {

  /** All samples are as long as their shape: images, rows of a table, sequences of one length. */
  public static final Lengths FULL = new Lengths(null);

  /** One for each sample; null where all are full. */
  private final int @Nullable [] steps;

  private Lengths(int @Nullable [] steps) {
    this.steps = steps;
  }

  /**
   * The lengths of samples, in their order.
   *
   * @param steps at least 1 each
   * @throws IllegalArgumentException if one is below 1
   */
  public static Lengths of(int... steps) {
    for (int sample = 0; sample < steps.length; sample++) {
      if (steps[sample] < 1) {
        throw new IllegalArgumentException(
            "sample " + sample + " has " + steps[sample] + " steps, but needs at least 1");
      }
    }
    return new Lengths(steps.clone());
  }

  /** Whether there is no padding. */
  public boolean isFull() {
    return steps == null;
  }

  /**
   * How many steps of a sample are real.
   *
   * @param sample its number
   * @param longest how many steps the shape of the samples has
   */
  public int steps(int sample, int longest) {
    return steps == null ? longest : steps[sample];
  }

  /**
   * As samples of some number have them: full where each is as long as the shape.
   *
   * @param samples how many there are
   * @param shape of each
   * @throws IllegalArgumentException if there are not as many lengths as samples, a length is above
   *     the shape's rows, or the shape has several columns
   */
  Lengths fitted(int samples, Shape shape) {
    if (steps == null) {
      return this;
    }
    if (shape.columns() != 1 || steps.length != samples) {
      throw new IllegalArgumentException(
          "%d lengths cannot be those of %d samples of %s".formatted(steps.length, samples, shape));
    }
    for (int sample = 0; sample < samples; sample++) {
      if (steps[sample] > shape.rows()) {
        throw new IllegalArgumentException(
            "sample %d has %d steps, but the shape %s has room for %d"
                .formatted(sample, steps[sample], shape, shape.rows()));
      }
    }
    return Arrays.stream(steps).allMatch(length -> length == shape.rows()) ? FULL : this;
  }

  /** True for the same lengths. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lengths lengths && Arrays.equals(steps, lengths.steps);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(steps);
  }

  /** Those of some samples, in the order of the given numbers. */
  Lengths select(int[] samples) {
    int[] all = steps;
    return all == null
        ? this
        : new Lengths(Arrays.stream(samples).map(sample -> all[sample]).toArray());
  }
}
