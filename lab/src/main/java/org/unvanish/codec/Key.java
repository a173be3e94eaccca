package org.unvanish.codec;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;

/**
 * A key of a mapping in a spec: how its value is read, and what the JSON Schema says of it.
 *
 * @param name as specs write it
 * @param read reads the value, or throws what is wrong with it
 * @param schema of the value
 */
public record Key<T>(String name, Function<Field, T> read, JsonSchema schema) {

  /** Where single precision has normal numbers, for a number and its inverse. */
  public static final double LEAST = 1e-30;

  /** The inverse of {@link #LEAST}. */
  public static final double MOST = 1e30;

  /** A whole number, both limits included. */
  public static Key<Integer> count(String name, int least, int most, String description) {
    return new Key<>(
        name, field -> field.count(least, most), JsonSchema.of(description).whole(least, most));
  }

  /** A number that may be as large or as small as numbers of a network may be. */
  static Key<Double> positive(String name, String description) {
    return number(name, LEAST, description);
  }

  /** A number that may be as large as numbers of a network may be. */
  static Key<Double> number(String name, double least, String description) {
    return number(name, least, MOST, description);
  }

  /** A number, both limits included. */
  static Key<Double> number(String name, double least, double most, String description) {
    return new Key<>(
        name, field -> field.number(least, most), JsonSchema.of(description).number(least, most));
  }

  /** A number of at least 0 and below 1. */
  static Key<Double> decay(String name, String description) {
    return new Key<>(
        name,
        Field::decay,
        JsonSchema.of(description)
            .with("type", "number")
            .with("minimum", 0)
            .with("exclusiveMaximum", 1));
  }

  /** True or false. */
  static Key<Boolean> flag(String name, String description) {
    return new Key<>(name, Field::flag, JsonSchema.of(description).flag());
  }

  /** One line of text. */
  public static Key<String> text(String name, int mostCharacters, String description) {
    return new Key<>(
        name, field -> field.text(mostCharacters), JsonSchema.of(description).text(mostCharacters));
  }

  /** One of some words. */
  public static <T> Key<T> choice(String name, Map<String, T> words, String description) {
    return new Key<>(
        name, field -> field.choice(words), JsonSchema.of(description).words(words.keySet()));
  }

  /** The same with what holds where the key is missing, for the schema to tell. */
  public Key<T> byDefault(Object value) {
    return new Key<>(name, read, schema.with("default", value));
  }

  /** The value if the key is there; empty, and a problem, where it cannot be read. */
  public Optional<T> find(Fields fields) {
    return fields.find(name, read);
  }

  /** The value; empty, and a problem, where the key is missing or its value cannot be read. */
  public Optional<T> need(Fields fields) {
    return fields.need(name, read);
  }
}
