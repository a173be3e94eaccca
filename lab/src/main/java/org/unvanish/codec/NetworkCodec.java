package org.unvanish.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.SpecException;

/** The layers of a network, and what can be checked of them without data. */
public final class NetworkCodec {

  /** The most layers of a network. */
  public static final int MOST_LAYERS = 1_000;

  /** The most units of a dense layer. */
  public static final int MOST_UNITS = 65_536;

  private static final Key<Integer> REPEAT = Key.count("repeat", 1, MOST_LAYERS, "How many times.");
  private static final Key<List<LayerSpec>> LAYERS =
      new Key<>("layers", NetworkCodec::layers, JsonSchema.ANY.ref("layers"));

  private static final Map<String, LayerCodec<?>> WORDS =
      Words.of(LayerCodecs.ALL.stream().filter(LayerCodec::isWord).toList(), LayerCodec::word);
  private static final Map<String, LayerCodec<?>> KEYS =
      Words.of(LayerCodecs.ALL.stream().filter(LayerCodec::isKey).toList(), LayerCodec::word);
  private static final List<String> KINDS =
      Stream.concat(KEYS.keySet().stream(), Stream.of(REPEAT.name())).toList();

  private NetworkCodec() {}

  /**
   * Reads the key {@code network}.
   *
   * @throws SpecException if a layer cannot stand where it stands for any data
   * @throws Problems.Told if a layer cannot be read; what is wrong with each is collected
   */
  public static List<LayerSpec> read(Field network) {
    int before = network.problems().count();
    List<LayerSpec> layers = layers(network);
    if (network.problems().count() > before) {
      throw new Problems.Told();
    }
    try {
      requireSize(layers);
    } catch (IllegalArgumentException e) {
      throw network.place().error("%s", e.getMessage());
    }
    requireOrder(LayerSpec.flat(layers), network.problems());
    return layers;
  }

  /**
   * Looks whether the layers, those of repetitions included, are not too many.
   *
   * @throws IllegalArgumentException if they are
   */
  public static void requireSize(List<LayerSpec> network) {
    if (network.stream().mapToLong(NetworkCodec::count).sum() > MOST_LAYERS) {
      throw new IllegalArgumentException("the network has more than " + MOST_LAYERS + " layers");
    }
  }

  /** Layers that a block holds. */
  static List<LayerSpec> ordered(Field list) {
    List<LayerSpec> layers = layers(list);
    List<LayerSpec.Single> flat = LayerSpec.flat(layers);
    flat.forEach(layer -> requireNoEmbedding(layer, "inside a block"));
    requireOrder(flat, list.problems());
    return layers;
  }

  private static List<LayerSpec> layers(Field list) {
    return list.items(MOST_LAYERS).stream()
        .flatMap(item -> item.problems().attempt(() -> layer(item.named("a layer"))).stream())
        .toList();
  }

  private static LayerSpec layer(Field field) {
    if (field.isText()) {
      return field.choice(WORDS).readWord(field);
    }
    List<String> known = new ArrayList<>(KINDS);
    known.add(LAYERS.name());
    Fields fields = field.fields(known.toArray(String[]::new));
    String kind = fields.one(KINDS);
    if (kind.equals(REPEAT.name())) {
      return new LayerSpec.Repeat(
          REPEAT.need(fields).orElse(1), LAYERS.need(fields).orElse(List.of()), field.place());
    }
    if (fields.has(LAYERS.name())) {
      throw fields.keyPlace(LAYERS.name()).error("layers stands beside repeat only, not %s", kind);
    }
    return Objects.requireNonNull(KEYS.get(kind)).read(fields.need(kind), field.place());
  }

  static Object yamlOfRepeat(LayerSpec.Repeat repeat) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(REPEAT.name(), repeat.times());
    map.put(LAYERS.name(), repeat.layers().stream().map(LayerSpec::yaml).toList());
    return map;
  }

  /** The layers without repetitions, not laid out one by one: they may be absurdly many. */
  private static long count(LayerSpec layer) {
    if (layer instanceof LayerSpec.Repeat repeat) {
      long inside = repeat.layers().stream().mapToLong(NetworkCodec::count).sum();
      return repeat.times() * Math.min(inside, MOST_LAYERS + 1L);
    }
    if (layer instanceof LayerSpec.Block block) {
      return 1 + block.layers().stream().mapToLong(NetworkCodec::count).sum();
    }
    return 1;
  }

  private static LayerSpec.Single requireNoEmbedding(LayerSpec.Single layer, String where) {
    if (layer.embeddedColumn().isPresent()) {
      throw layer
          .place()
          .error("an embedding reads the data, so it cannot stand %s; put it first", where);
    }
    return layer;
  }

  /** Embeddings are first and read a column each; no image reaches a layer after a dense one. */
  private static void requireOrder(List<LayerSpec.Single> layers, Problems problems) {
    int before = problems.count();
    Set<String> embedded = new HashSet<>();
    boolean flattened = false;
    for (int i = 0; i < layers.size(); i++) {
      LayerSpec.Single layer = layers.get(i);
      if (embedded.size() < i) {
        problems.attempt(() -> requireNoEmbedding(layer, "after another layer"));
      } else if (!layer.embeddedColumn().map(embedded::add).orElse(true)) {
        problems.add(
            layer.place().error("the column has an embedding already; leave one of them out"));
      }
      if (flattened && layer.needsRowsAndColumns()) {
        problems.add(
            layer
                .place()
                .error(
                    "move this layer in front of the first dense layer, which leaves no rows "
                        + "and columns"));
      }
      flattened |= layer.isDense();
    }
    if (problems.count() > before) {
      throw new Problems.Told();
    }
  }

  /** The definitions {@code layers} and {@code layer}. */
  public static Map<String, JsonSchema> schemas() {
    Stream<JsonSchema> kinds = LayerCodecs.ALL.stream().map(LayerCodec::schema);
    JsonSchema repeat =
        JsonSchema.of("Layers that come several times in a row.")
            .object(List.of(REPEAT, LAYERS), REPEAT.name(), LAYERS.name());
    Map<String, JsonSchema> schemas = new LinkedHashMap<>();
    schemas.put("layers", JsonSchema.ANY.items(JsonSchema.ANY.ref("layer"), 1, MOST_LAYERS));
    schemas.put(
        "layer",
        JsonSchema.of("A layer, or layers that are repeated.")
            .anyOf(Stream.concat(kinds, Stream.of(repeat)).toList()));
    return schemas;
  }
}
