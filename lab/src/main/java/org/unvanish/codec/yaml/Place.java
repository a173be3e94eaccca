package org.unvanish.codec.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a file, for errors. It says nothing about what stands there: any two
 * places are equal, so that specs that say the same are equal wherever they say it.
 */
public final class Place {

  private final String file;
  private final int line;
  private final int column;

  /**
   * @param file as the user named it
   * @param line from 1
   * @param column from 1, in code points
   */
  public Place(String file, int line, int column) {
    this.file = file;
    this.line = line;
    this.column = column;
  }

  /** The file, as the user named it. */
  public String file() {
    return file;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1, in code points. */
  public int column() {
    return column;
  }

  /**
   * An error at this place.
   *
   * @param problem what is wrong, a format if there are arguments
   */
  // The annotation that Error Prone asks for would be a dependency of its own.
  @SuppressWarnings("AnnotateFormatMethod")
  public SpecException error(String problem, @Nullable Object... arguments) {
    return new SpecException(this, arguments.length == 0 ? problem : problem.formatted(arguments));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  /** As compilers write it: {@code own.yaml:3:7}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
