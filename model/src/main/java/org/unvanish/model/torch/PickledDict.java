package org.unvanish.model.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A dictionary, ordered or not. Two are never equal. */
final class PickledDict {
  private final Map<Object, Object> entries = new LinkedHashMap<>();

  Map<Object, Object> entries() {
    return entries;
  }

  Optional<Object> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }
}
