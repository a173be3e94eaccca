package org.unvanish.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Words for values, in the order in which errors list them. */
public final class Words {

  private Words() {}

  /** A word for each value. */
  public static <T> Map<String, T> of(List<T> values, Function<T, String> word) {
    Map<String, T> words = new LinkedHashMap<>();
    values.forEach(value -> words.put(word.apply(value), value));
    return Collections.unmodifiableMap(words);
  }

  /**
   * The word for a value.
   *
   * @throws IllegalStateException if there is none
   */
  public static <T> String of(Map<String, T> words, T value) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no word for " + value));
  }
}
