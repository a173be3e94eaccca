package org.unvanish.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How each kind of a setting is written: a table of the records of a sealed type. What it lacks it
 * names; a test walks the type and fails for a kind that is not in it.
 *
 * @param <T> the sealed type
 * @param <Y> what is written to specs: text, a number, or a map or list of such
 */
final class Kinds<T, Y> {

  /**
   * One kind.
   *
   * @param yaml as specs write it
   * @param definition as the text that identifies a run has it; stored and hashed
   * @param caption as the caption of a figure has it
   */
  private record Kind<K, Y>(
      Function<K, Y> yaml, Function<K, String> definition, Function<K, String> caption) {}

  private final String setting;
  private final Map<Class<?>, Kind<?, Y>> kinds = new HashMap<>();

  /**
   * @param setting as errors call it: {@code penalty}
   */
  Kinds(String setting) {
    this.setting = setting;
  }

  /** With one more kind, of which no caption tells. */
  <K extends T> Kinds<T, Y> with(
      Class<K> kind, Function<K, Y> yaml, Function<K, String> definition) {
    return with(
        kind,
        yaml,
        definition,
        value -> {
          throw new IllegalStateException("no caption tells of a " + setting);
        });
  }

  /** With one more kind. */
  <K extends T> Kinds<T, Y> with(
      Class<K> kind,
      Function<K, Y> yaml,
      Function<K, String> definition,
      Function<K, String> caption) {
    kinds.put(kind, new Kind<>(yaml, definition, caption));
    return this;
  }

  Y yaml(T value) {
    return kind(value).yaml().apply(value);
  }

  String definition(T value) {
    return kind(value).definition().apply(value);
  }

  String caption(T value) {
    return kind(value).caption().apply(value);
  }

  @SuppressWarnings("unchecked") // Each class stands beside its own kind.
  private Kind<T, Y> kind(T value) {
    Kind<?, Y> kind = kinds.get(value.getClass());
    if (kind == null) {
      throw new IllegalStateException(
          "no %s is written as %s".formatted(setting, value.getClass().getSimpleName()));
    }
    return (Kind<T, Y>) kind;
  }
}
