package org.unvanish.spec;

/** Numbers as specs and errors show them. */
public final class Numbers {

  private Numbers() {}

  /** The shortest text that reads back to the same bits: {@code 10}, {@code 0.05}, {@code 1e-8}. */
  public static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return Long.toString((long) value);
    }
    return Double.toString(value).replace(".0E", "e").replace("E", "e");
  }
}
