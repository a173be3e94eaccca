package org.unvanish.codec.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML document as a tree in which everything knows its place. */
public sealed interface Node {

  /** Where it starts. */
  Place place();

  /** A piece of the text as errors show it: on one line, not too long. */
  static String shown(String text) {
    // Unicode's spaces: its line separators end a line, too.
    String line = text.replaceAll("(?U)\\s+", " ");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }

  /** As {@link YamlText} writes it. */
  @Nullable Object plain();

  /** As errors name what was found: {@code a list}, {@code "abc"}, {@code 3.5}. */
  String description();

  /**
   * A value without parts.
   *
   * @param value a String, Long, Double or Boolean, or null for an empty one
   * @param text as written, without quotes
   */
  record Scalar(@Nullable Object value, String text, Place place) implements Node {
    @Override
    public @Nullable Object plain() {
      return value;
    }

    @Override
    public String description() {
      if (value == null) {
        return "empty";
      }
      return value instanceof String ? '"' + shown(text) + '"' : shown(text);
    }
  }

  /** A list. */
  record Items(List<Node> items, Place place) implements Node {
    @Override
    public Object plain() {
      List<@Nullable Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(item.plain()));
      return plain;
    }

    @Override
    public String description() {
      return "a list";
    }
  }

  /** Keys with their values, in the order of the text. */
  record Mapping(Map<String, Entry> entries, Place place) implements Node {
    @Override
    public Object plain() {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
      return plain;
    }

    @Override
    public String description() {
      return "a mapping";
    }
  }

  /**
   * One key of a mapping.
   *
   * @param key where the key stands
   * @param value what it maps to
   */
  record Entry(Place key, Node value) {}
}
