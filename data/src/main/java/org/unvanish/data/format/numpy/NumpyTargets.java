package org.unvanish.data.format.numpy;

import java.util.Arrays;
import org.unvanish.data.DataException;

/**
 * What is to be learnt, as an array says it: class numbers, rows with a 1 for the class, or
 * numbers.
 *
 * @param values class numbers, one for each sample, or numbers, sample by sample; not to be changed
 * @param width how many values a sample has
 * @param classes how many classes there are; 0 where numbers are to be learnt
 */
// Identity is enough: nobody compares targets.
@SuppressWarnings("ArrayRecordComponent")
public record NumpyTargets(double[] values, int width, int classes) {

  /** More are no classes, but numbers that stand in integers. */
  private static final int MOST_CLASSES = 100_000;

  /**
   * Integers, one for each sample and none negative, are class numbers; all else are numbers.
   *
   * @param what the array is called in messages
   * @param targets samples along the first axis
   * @throws DataException if they are no numbers that can be learnt
   */
  static NumpyTargets of(String what, NumpyArray targets) {
    double[] values = targets.values();
    int width = targets.sampleSize();
    if (width == 0) {
      throw new DataException(
          "%s has the shape %s, so there are no targets. Save one target for each sample."
              .formatted(what, targets.title()));
    }
    if (width > 1 && isOneHot(values, width)) {
      double[] classes = new double[values.length / width];
      for (int i = 0; i < values.length; i++) {
        classes[i / width] = values[i] == 1 ? i % width : classes[i / width];
      }
      return new NumpyTargets(classes, 1, width);
    }
    if (!targets.isInteger() || width > 1 || Arrays.stream(values).anyMatch(v -> v < 0)) {
      return new NumpyTargets(values, width, 0);
    }
    double largest = Arrays.stream(values).max().orElse(0);
    if (largest >= MOST_CLASSES) {
      throw new DataException(
          ("%s holds integers up to %.0f, but class numbers must be below %d. Save numeric "
                  + "targets as floats: y.astype(\"float32\").")
              .formatted(what, largest, MOST_CLASSES));
    }
    return new NumpyTargets(values, 1, Math.max(2, (int) largest + 1));
  }

  private static boolean isOneHot(double[] values, int width) {
    int ones = 0;
    for (int i = 0; i < values.length; i++) {
      ones = i % width == 0 ? 0 : ones;
      ones += values[i] == 1 ? 1 : 0;
      if (values[i] != 0 && values[i] != 1 || i % width == width - 1 && ones != 1) {
        return false;
      }
    }
    return true;
  }
}
