package org.unvanish.data;

/**
 * A column of a table whose numbers are targets.
 *
 * @param name of the column
 * @param mean what becomes 0, in the column's own units; 0 where the numbers are learnt as they are
 * @param deviation what becomes the distance 1, in the column's own units; above 0, and 1 where the
 *     numbers are learnt as they are
 * @since 0.1
 */
public record TargetColumn(String name, double mean, double deviation) {

  /**
   * @throws IllegalArgumentException if the deviation is not above 0, or a number is not finite
   */
  public TargetColumn {
    if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the column %s cannot be scaled by mean %s and deviation %s"
              .formatted(name, mean, deviation));
    }
  }

  /** A column whose numbers are learnt as they are. */
  public static TargetColumn raw(String name) {
    return new TargetColumn(name, 0, 1);
  }

  /** Whether the numbers are learnt as they are, in the column's own units. */
  public boolean isRaw() {
    return mean == 0 && deviation == 1;
  }

  /** What is learnt for a number of the column. */
  public float scaled(float number) {
    return (float) ((number - mean) / deviation);
  }

  /**
   * A network's output in the units of the column.
   *
   * @param output the one that is to come near this column
   */
  public double inUnits(double output) {
    return mean + deviation * output;
  }
}
