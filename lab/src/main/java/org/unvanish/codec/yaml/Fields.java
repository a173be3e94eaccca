package org.unvanish.codec.yaml;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.codec.yaml.Node.Mapping;
import org.unvanish.data.Nearest;

/** The values of a mapping by key. */
public final class Fields {

  /** Characters of a line that an error repeats. */
  private static final int LONGEST_LINE = 60;

  private final String name;
  private final Mapping mapping;
  private final Problems problems;

  /** By our words, whatever words stand in the text. */
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();

  /** What unknown keys were probably meant to be. */
  private final Set<String> misspelt = new HashSet<>();

  private boolean hasUnknown;

  /**
   * @param name as errors call the mapping
   * @param known the keys that it may have; any other is a problem
   */
  Fields(String name, Mapping mapping, Collection<String> known, Problems problems) {
    this.name = name;
    this.mapping = mapping;
    this.problems = problems;
    mapping.entries().forEach((key, entry) -> add(key, entry, known));
  }

  private void add(String key, Node.Entry entry, Collection<String> known) {
    Optional<String> ours = OtherWords.ours(key, known);
    if (ours.isEmpty()) {
      hasUnknown = true;
      Nearest.to(key, known).ifPresent(misspelt::add);
      problems.add(
          entry
              .key()
              .error(
                  "unknown key \"%s\" in %s%s",
                  Node.shown(key), name, hint(key, entry.value(), known)));
      return;
    }
    Node.Entry earlier = entries.putIfAbsent(ours.get(), entry);
    if (earlier != null) {
      problems.add(
          entry
              .key()
              .error(
                  "%s means %s, which line %d sets already",
                  Node.shown(key), ours.get(), earlier.key().line()));
    }
  }

  private String hint(String key, Node value, Collection<String> known) {
    return OtherWords.advice(name, key)
        .map(advice -> ": " + advice)
        .or(
            () ->
                Nearest.to(key, known)
                    .map(near -> ": did you mean %s?%s".formatted(near, written(near, value))))
        .orElseGet(() -> "; known here: " + String.join(", ", known));
  }

  /** The line with the key that was meant. */
  private static String written(String key, Node value) {
    Object plain = value.plain();
    String line = plain == null ? "" : key + ": " + YamlText.inline(plain);
    return line.isEmpty() || line.length() > LONGEST_LINE ? "" : " Write " + Examples.quoted(line);
  }

  /** Where problems of the mapping are collected. */
  public Problems problems() {
    return problems;
  }

  /** Where the mapping stands. */
  public Place place() {
    return mapping.place();
  }

  /** Whether a key is there. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The known keys that are there, in the order of the text. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** Whether nothing is there, known or not. */
  public boolean isEmpty() {
    return mapping.entries().isEmpty();
  }

  /** Whether an unknown key was probably meant to be this one. */
  public boolean misspells(String key) {
    return misspelt.contains(key);
  }

  /** The value of a key that may be missing. */
  public Optional<Field> find(String key) {
    return Optional.ofNullable(entries.get(key))
        .map(entry -> new Field(key, entry.value(), problems, name));
  }

  /** The value of a key that may be missing; empty, and a problem, where it cannot be read. */
  public <T> Optional<T> find(String key, Function<Field, T> read) {
    return find(key).flatMap(field -> problems.attempt(() -> read.apply(field)));
  }

  /** The value of a key that must be there. */
  public Field need(String key) {
    return find(key).orElseThrow(() -> missing(key));
  }

  /** The value of a key; empty, and a problem, where it is missing or cannot be read. */
  public <T> Optional<T> need(String key, Function<Field, T> read) {
    return problems.attempt(() -> read.apply(need(key)));
  }

  private RuntimeException missing(String key) {
    return misspells(key)
        ? new Problems.Told()
        : place().error("%s needs the key %s%s", name, key, example(key));
  }

  private String example(String key) {
    return Examples.line(name, key).map(line -> ", such as " + line).orElse("");
  }

  /** Where a key stands. */
  public Place keyPlace(String key) {
    Node.Entry entry = entries.get(key);
    return entry == null ? place() : entry.key();
  }

  /** The only one of these keys that is there. */
  public String one(List<String> keys) {
    List<String> present = keys.stream().filter(this::has).toList();
    if (present.size() == 1) {
      return present.get(0);
    }
    if (present.isEmpty()) {
      if (hasUnknown) {
        throw new Problems.Told();
      }
      throw place()
          .error(
              "%s needs one of the keys %s%s", name, String.join(", ", keys), example(keys.get(0)));
    }
    throw keyPlace(present.get(1))
        .error(
            "%s cannot have both %s and %s; leave one of them out",
            name, present.get(0), present.get(1));
  }
}
