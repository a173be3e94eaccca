package org.unvanish.store.sql;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row. What is missing or of another kind than was asked for was never written:
 * every method throws an {@link IllegalArgumentException} that names the column.
 */
public final class Row {

  private final List<String> columns;
  private final @Nullable Object[] values;

  /**
   * @param columns their names
   * @param values for each a String, an Integer or Long, a Double, a byte[] or null
   */
  public Row(List<String> columns, @Nullable Object[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** The names of the columns, in order. */
  public List<String> columns() {
    return columns;
  }

  /** All values, in the order of the columns; not to be changed. */
  public @Nullable Object[] values() {
    return values;
  }

  /** The same row with another value in a column. */
  public Row with(String column, @Nullable Object value) {
    @Nullable Object[] changed = values.clone();
    changed[columns.indexOf(column)] = value;
    return new Row(columns, changed);
  }

  private @Nullable Object value(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("there is no column " + column);
    }
    return values[index];
  }

  public boolean has(String column) {
    return value(column) != null;
  }

  public String text(String column) {
    if (value(column) instanceof String text) {
      return text;
    }
    throw none(column, "text");
  }

  public Optional<String> optionalText(String column) {
    return has(column) ? Optional.of(text(column)) : Optional.empty();
  }

  public long integer(String column) {
    Object value = value(column);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw none(column, "whole number");
  }

  /** A number of things, or an index: not negative. */
  public int count(String column) {
    long value = integer(column);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(column + " is " + value);
    }
    return (int) value;
  }

  /** A number, NaN where NULL stands for it. */
  public double number(String column) {
    Object value = value(column);
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Double number) {
      return number;
    }
    throw none(column, "number");
  }

  /** A number that has no sign, or NaN. */
  public double magnitude(String column) {
    double value = number(column);
    if (value < 0) {
      throw new IllegalArgumentException("%s is %s, below zero".formatted(column, value));
    }
    return value;
  }

  /** A number in [0, 1], or NaN. */
  public double share(String column) {
    double value = magnitude(column);
    if (value > 1) {
      throw new IllegalArgumentException("%s is %s, above 1".formatted(column, value));
    }
    return value;
  }

  public byte[] bytes(String column) {
    if (value(column) instanceof byte[] bytes) {
      return bytes;
    }
    throw none(column, "bytes");
  }

  private static IllegalArgumentException none(String column, String kind) {
    return new IllegalArgumentException("%s is no %s".formatted(column, kind));
  }
}
