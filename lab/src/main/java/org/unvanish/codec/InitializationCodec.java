package org.unvanish.codec;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.initialization.Initialization;

/** Initial values as specs, definitions, captions and the schema have them. */
public final class InitializationCodec {

  private static final Key<Double> UNIFORM = Key.positive("uniform", "The bound.");
  private static final Key<Double> NORMAL = Key.positive("normal", "The standard deviation.");
  private static final Key<Initialization> WEIGHTS =
      new Key<>("weights", InitializationCodec::values, JsonSchema.ANY.ref("values"));
  private static final Key<Initialization> BIASES =
      new Key<>(
          "biases", InitializationCodec::values, JsonSchema.of("Default: zeros.").ref("values"));

  private static final Kinds<Initialization, Object> KINDS =
      new Kinds<Initialization, Object>("initialization")
          .with(Initialization.Zeros.class, v -> "zeros", v -> "zeros", v -> "zeros")
          .with(Initialization.Glorot.class, v -> "glorot", v -> "Glorot", v -> "Glorot's uniform")
          .with(Initialization.He.class, v -> "he", v -> "He", v -> "He's normal")
          .with(
              Initialization.Uniform.class,
              v -> Map.of(UNIFORM.name(), v.bound()),
              v -> "uniform on ±" + Numbers.exact(v.bound()),
              v -> "uniform on [−%1$s, %1$s)".formatted(Numbers.text(v.bound())))
          .with(
              Initialization.Normal.class,
              v -> Map.of(NORMAL.name(), v.deviation()),
              v -> "normal with deviation " + Numbers.exact(v.deviation()),
              v -> "normal with standard deviation " + Numbers.text(v.deviation()))
          .with(
              Initialization.Given.class,
              v -> {
                throw new IllegalArgumentException("a spec has no given initial values");
              },
              v -> v.values().size() + " given, SHA-256 " + sha256(v.values()),
              v -> "given");

  /** Those that have no number, by their words. */
  public static final Map<String, Initialization> WORDS =
      Words.of(
          List.of(new Initialization.Glorot(), new Initialization.He(), new Initialization.Zeros()),
          InitializationCodec::word);

  /**
   * Where parameters start.
   *
   * @param weights where weights do
   * @param biases where biases do
   */
  public record Start(Initialization weights, Initialization biases) {}

  private InitializationCodec() {}

  private static String word(Initialization values) {
    return (String) KINDS.yaml(values);
  }

  /** Reads where parameters start. */
  public static Start read(Field field) {
    if (field.isText()) {
      // Glorot's and He's are about weights; their biases start at zero.
      return new Start(field.choice(WORDS), new Initialization.Zeros());
    }
    Fields fields = field.fields(UNIFORM.name(), NORMAL.name(), WEIGHTS.name(), BIASES.name());
    if (!fields.has(WEIGHTS.name()) && !fields.has(BIASES.name())) {
      Initialization values = values(field);
      return new Start(values, values);
    }
    for (String key : List.of(UNIFORM.name(), NORMAL.name())) {
      if (fields.has(key)) {
        throw fields.keyPlace(key).error("%s must stand under weights or biases here", key);
      }
    }
    return new Start(
        WEIGHTS.need(fields).orElse(new Initialization.Zeros()),
        BIASES.find(fields).orElse(new Initialization.Zeros()));
  }

  private static Initialization values(Field field) {
    if (field.isText()) {
      return field.choice(WORDS);
    }
    Fields fields = field.fields(UNIFORM.name(), NORMAL.name());
    String kind = fields.one(List.of(UNIFORM.name(), NORMAL.name()));
    Field size = fields.need(kind);
    return kind.equals(UNIFORM.name())
        ? new Initialization.Uniform(UNIFORM.read().apply(size))
        : new Initialization.Normal(NORMAL.read().apply(size));
  }

  /**
   * As specs write it.
   *
   * @throws IllegalArgumentException of given values, which a spec has not
   */
  public static Object yaml(Start start) {
    Initialization usual =
        WORDS.containsValue(start.weights()) ? new Initialization.Zeros() : start.weights();
    if (start.biases().equals(usual)) {
      return KINDS.yaml(start.weights());
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(WEIGHTS.name(), KINDS.yaml(start.weights()));
    map.put(BIASES.name(), KINDS.yaml(start.biases()));
    return map;
  }

  /** As the text that identifies a run has it. */
  public static String definition(Initialization values) {
    return KINDS.definition(values);
  }

  /** As captions have it. */
  public static String caption(Initialization values) {
    return KINDS.caption(values);
  }

  /** The definitions {@code values} and {@code initial-values}. */
  public static Map<String, JsonSchema> schemas() {
    Map<String, JsonSchema> schemas = new LinkedHashMap<>();
    schemas.put(
        "values",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.words(WORDS.keySet()),
                JsonSchema.of("Uniform on [-bound, bound).")
                    .object(List.of(UNIFORM), UNIFORM.name()),
                JsonSchema.of("Normal with mean 0.").object(List.of(NORMAL), NORMAL.name()))));
    schemas.put(
        "initial-values",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.ref("values"),
                JsonSchema.of("Weights and biases apart.")
                    .object(List.of(WEIGHTS, BIASES), WEIGHTS.name()))));
    return schemas;
  }

  private static String sha256(List<Float> values) {
    ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(4, values.size()));
    values.forEach(bits::putFloat);
    return Sha256.of(bits.array());
  }
}
