package org.unvanish.spec.sweep;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.unvanish.codec.JsonSchema;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.YamlText;

/**
 * A setting that can be varied.
 *
 * @param name as specs write it
 * @param symbol as tables and the names of arms have it
 * @param limits of a number; empty for a named setting
 * @param read reads one value
 * @param yaml one value as specs write it
 * @param schema of one value
 * @param put puts a value into an arm; throws an {@link IllegalArgumentException} that says why the
 *     arm has no place for it
 */
public record SweptSetting<T>(
    String name,
    String symbol,
    Optional<Limits> limits,
    Function<Field, T> read,
    Function<T, Object> yaml,
    JsonSchema schema,
    BiConsumer<ArmDraft, T> put) {

  /**
   * What a number may be.
   *
   * @param least included
   * @param most included
   * @param whole whether it must be a whole number
   */
  public record Limits(double least, double most, boolean whole) {

    /** A number within them. */
    double read(Field field) {
      return whole ? field.whole((long) least, (long) most) : field.number(least, most);
    }

    /** As specs write it. */
    Object yaml(double value) {
      return whole ? (Object) (long) value : value;
    }

    JsonSchema schema() {
      return whole
          ? JsonSchema.ANY.whole((long) least, (long) most)
          : JsonSchema.ANY.number(least, most);
    }
  }

  /** One that is a number. */
  static SweptSetting<Double> number(
      String name, String symbol, Limits limits, BiConsumer<ArmDraft, Double> put) {
    return new SweptSetting<>(
        name, symbol, Optional.of(limits), limits::read, limits::yaml, limits.schema(), put);
  }

  /** One that has names, or mappings, for values. */
  static <T> SweptSetting<T> named(
      String name,
      Function<Field, T> read,
      Function<T, Object> yaml,
      String definition,
      BiConsumer<ArmDraft, T> put) {
    return new SweptSetting<>(
        name,
        name.replace('-', ' '),
        Optional.empty(),
        read,
        yaml,
        JsonSchema.ANY.ref(definition),
        put);
  }

  /** Whether the names of arms have its values alone, without saying of what. */
  boolean isBare() {
    return this == SweptSettings.ACTIVATION;
  }

  /** What a named value is: {@code tanh}, {@code adam}, {@code l2}. */
  String word(T value) {
    Object written = yaml.apply(value);
    if (written instanceof Map<?, ?> map) {
      Object function = map.get("function");
      return (function == null ? map.keySet().iterator().next() : function).toString();
    }
    return written.toString();
  }

  /** A named value with all its numbers. */
  String text(T value) {
    return YamlText.inline(yaml.apply(value)).replaceAll("[{}\"]", "");
  }
}
