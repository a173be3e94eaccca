package org.unvanish.internal.safetensors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a JSON text, read field by field, each of its type. */
public final class JsonObject {

  private final Map<String, Object> left;

  /**
   * @param value as {@link StrictJson#read} gives it
   * @throws IllegalArgumentException if it is not an object
   */
  public JsonObject(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "an object was expected, but it is " + StrictJson.write(value));
    }
    left = new LinkedHashMap<>();
    map.forEach((key, field) -> left.put((String) key, field));
  }

  /** Whether a field is there that was not read yet. */
  public boolean has(String name) {
    return left.containsKey(name);
  }

  /** The names of the fields that were not read yet, in the order of the text. */
  public List<String> names() {
    return List.copyOf(left.keySet());
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String text(String name) {
    return take(name, String.class, "a text");
  }

  /**
   * True or false.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public boolean flag(String name) {
    return take(name, Boolean.class, "true or false");
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double number(String name) {
    return take(name, Number.class, "a number").doubleValue();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is no {@code int}
   */
  public int integer(String name) {
    return Math.toIntExact(
        whole(name, take(name, Long.class, "a whole number"), Integer.MAX_VALUE));
  }

  /**
   * A list of whole numbers that are not negative.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public List<Long> wholeNumbers(String name) {
    return list(name).stream().map(value -> whole(name, value, Long.MAX_VALUE)).toList();
  }

  /**
   * A list of any values.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public List<?> list(String name) {
    return take(name, List.class, "a list");
  }

  /**
   * Another object.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public JsonObject object(String name) {
    return new JsonObject(take(name, Map.class, "an object"));
  }

  /**
   * Makes sure that all fields were read.
   *
   * @throws IllegalArgumentException if one was not
   */
  public void requireNoMore() {
    left.keySet().stream()
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("\"" + name + "\" is not known");
            });
  }

  private static long whole(String name, Object value, long most) {
    if (value instanceof Long number && number >= 0 && number <= most) {
      return number;
    }
    throw new IllegalArgumentException(
        "\"%s\" must be a whole number from 0 to %d, but is %s"
            .formatted(name, most, StrictJson.write(value)));
  }

  private <T> T take(String name, Class<T> type, String what) {
    @Nullable Object value = left.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "\"%s\" must be %s, but is %s".formatted(name, what, StrictJson.write(value)));
    }
    return type.cast(value);
  }
}
