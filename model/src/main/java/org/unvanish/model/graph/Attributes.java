package org.unvanish.model.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.ModelRefusedException;

/**
 * The settings of a node by name. A getter refuses a value of another type, and names it.
 *
 * @since 0.1
 */
public final class Attributes {
  /** No settings. */
  public static final Attributes NONE = new Attributes(Map.of());

  private final Map<String, Object> values;

  private Attributes(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * With one setting more, or another value of it.
   *
   * @param value a whole number ({@code Integer} or {@code Long}), a number ({@code Double} or
   *     {@code Float}), a {@code String}, a {@code Tensor}, or a {@code List} of these
   * @throws ModelRefusedException if it is something else
   */
  public Attributes with(String name, Object value) {
    Map<String, Object> result = new TreeMap<>(values);
    result.put(name, value instanceof List<?> list ? all(name, list) : plain(name, value));
    return new Attributes(result);
  }

  /** Whether there is a setting of this name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** All names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** A value as it is kept: Long, Double, String, Tensor or a list of these; null if absent. */
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  /** A whole number. */
  public long integer(String name, long absent) {
    return value(name, Long.class).orElse(absent);
  }

  /** A whole number that is 0 or 1. */
  public boolean flag(String name, boolean absent) {
    return integer(name, absent ? 1 : 0) != 0;
  }

  /** Whole numbers. */
  public long[] integers(String name, long... absent) {
    return list(name, Long.class)
        .map(list -> list.stream().mapToLong(Long::longValue).toArray())
        .orElse(absent);
  }

  /** A number. */
  public double number(String name, double absent) {
    return value(name, Double.class).orElse(absent);
  }

  /** Numbers. */
  public double[] numbers(String name, double... absent) {
    return list(name, Double.class)
        .map(list -> list.stream().mapToDouble(Double::doubleValue).toArray())
        .orElse(absent);
  }

  /** A word. */
  public String text(String name, String absent) {
    return value(name, String.class).orElse(absent);
  }

  /** Words. */
  public List<String> texts(String name, String... absent) {
    return list(name, String.class).orElse(Arrays.asList(absent));
  }

  /** A tensor, if there is one of this name. */
  public Optional<Tensor> tensor(String name) {
    return value(name, Tensor.class);
  }

  /** All values, for messages. */
  @Override
  public String toString() {
    return values.toString();
  }

  private <T> Optional<T> value(String name, Class<T> type) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw refused(name, value, type);
    }
    return Optional.of(type.cast(value));
  }

  private <T> Optional<List<T>> list(String name, Class<T> type) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> list) || !list.stream().allMatch(type::isInstance)) {
      throw refused(name, value, type);
    }
    return Optional.of(list.stream().<T>map(type::cast).toList());
  }

  private static ModelRefusedException refused(String name, Object value, Class<?> type) {
    return new ModelRefusedException(
        "attribute " + name,
        "the value " + value + " is not of the type " + type.getSimpleName(),
        "");
  }

  private static List<Object> all(String name, List<?> list) {
    return list.stream().map(value -> plain(name, value)).toList();
  }

  private static Object plain(String name, Object value) {
    if (value instanceof Integer whole) {
      return whole.longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof Long
        || value instanceof Double
        || value instanceof String
        || value instanceof Tensor) {
      return value;
    }
    throw new ModelRefusedException(
        "attribute " + name, "a value of the type " + value.getClass().getSimpleName(), "");
  }
}
