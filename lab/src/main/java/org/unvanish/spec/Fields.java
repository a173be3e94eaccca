package org.unvanish.spec;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.unvanish.spec.Node.Mapping;

/** The values of a mapping by key. */
final class Fields {

  private final String name;
  private final Mapping mapping;

  /**
   * @param name as errors call the mapping
   * @param known the keys that it may have
   * @throws SpecException if it has another
   */
  Fields(String name, Mapping mapping, Collection<String> known) {
    this.name = name;
    this.mapping = mapping;
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                throw entry
                    .key()
                    .error(
                        "unknown key \"%s\" in %s%s",
                        Node.shown(key), name, Nearest.hint(key, known));
              }
            });
  }

  Place place() {
    return mapping.place();
  }

  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  Optional<Field> find(String key) {
    return Optional.ofNullable(mapping.entries().get(key))
        .map(entry -> new Field(key, entry.value()));
  }

  Field need(String key) {
    return find(key).orElseThrow(() -> place().error("%s needs the key %s", name, key));
  }

  /** Where a key stands. */
  Place keyPlace(String key) {
    Node.Entry entry = mapping.entries().get(key);
    return entry == null ? place() : entry.key();
  }

  /** The only one of these keys that is there. */
  String one(List<String> keys) {
    List<String> present = keys.stream().filter(this::has).toList();
    if (present.size() == 1) {
      return present.get(0);
    }
    if (present.isEmpty()) {
      throw place().error("%s needs one of the keys %s", name, String.join(", ", keys));
    }
    throw keyPlace(present.get(1))
        .error("%s cannot have both %s and %s", name, present.get(0), present.get(1));
  }
}
