package org.unvanish.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.initialization.Gain;
import org.unvanish.initialization.Initialization;

/** Initial values as specs, definitions, captions and the schema have them. */
public final class InitializationCodec {

  private static final int LONGEST_PATH = 4_096;
  private static final int DIGITS = 64;

  private static final Key<Double> UNIFORM = Key.positive("uniform", "The bound.");
  private static final Key<Double> NORMAL = Key.positive("normal", "The standard deviation.");
  private static final Map<String, ActivationFunction> GAINS =
      Words.of(
          Arrays.stream(ActivationFunction.values())
              .filter(function -> Gain.of(function).isPresent())
              .toList(),
          ActivationFunction::label);
  private static final Key<Double> GAIN =
      new Key<>(
          "gain",
          InitializationCodec::gain,
          JsonSchema.of(
                  "The gain: a factor on all weights, or the function that the weights stand before.")
              .anyOf(
                  List.of(
                      JsonSchema.ANY.words(GAINS.keySet()),
                      JsonSchema.ANY.number(Key.LEAST, Key.MOST))));
  private static final Key<Double> LECUN =
      withGain("lecun", "Normal with standard deviation gain/√(fan-in).");
  private static final Key<Double> ORTHOGONAL =
      withGain("orthogonal", "Rows or columns at right angles, of length gain.");
  private static final Key<Double> IDENTITY =
      withGain("identity", "gain times the identity matrix, one for each gate.");
  private static final Key<String> FILE =
      Key.text("file", LONGEST_PATH, "A safetensors file with all parameters by their names.");
  private static final Key<String> SHA_256 =
      new Key<>(
          "sha256",
          InitializationCodec::checksum,
          JsonSchema.of("The file's SHA-256, so that it is noticed when it changes.")
              .with("type", "string")
              .with("pattern", "^[0-9a-f]{64}$"));
  private static final Key<Initialization> WEIGHTS =
      new Key<>("weights", InitializationCodec::weights, JsonSchema.ANY.ref("values"));
  private static final Key<Initialization> RECURRENT =
      new Key<>(
          "recurrent",
          InitializationCodec::weights,
          JsonSchema.of("Recurrent weights. Default: as the other weights.").ref("values"));
  private static final Key<Initialization> BIASES =
      new Key<>(
          "biases",
          InitializationCodec::ofBiases,
          JsonSchema.of("Default: zeros.").ref("bias-values"));

  private static final List<String> APART =
      List.of(WEIGHTS.name(), RECURRENT.name(), BIASES.name());
  private static final List<String> BIAS_KEYS = List.of(UNIFORM.name(), NORMAL.name());
  private static final List<String> WEIGHT_KEYS =
      List.of(UNIFORM.name(), NORMAL.name(), LECUN.name(), ORTHOGONAL.name(), IDENTITY.name());

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
              Initialization.LeCun.class,
              v -> yaml(LECUN, v.gain()),
              v -> "LeCun" + gain(v.gain(), Numbers.exact(v.gain())),
              v -> "LeCun's normal" + gain(v.gain(), Numbers.text(v.gain())))
          .with(
              Initialization.Orthogonal.class,
              v -> yaml(ORTHOGONAL, v.gain()),
              v -> "orthogonal" + gain(v.gain(), Numbers.exact(v.gain())),
              v -> "orthogonal" + gain(v.gain(), Numbers.text(v.gain())))
          .with(
              Initialization.Identity.class,
              v -> yaml(IDENTITY, v.gain()),
              v -> "identity" + gain(v.gain(), Numbers.exact(v.gain())),
              v -> "identity" + gain(v.gain(), Numbers.text(v.gain())))
          .with(Initialization.Lsuv.class, v -> "lsuv", v -> "LSUV", v -> "LSUV")
          .with(
              Initialization.LeeChoiKim.class,
              v -> "lee-choi-kim",
              v -> "Lee, Choi and Kim",
              v -> "Lee, Choi and Kim's")
          .with(
              Initialization.FromFile.class,
              v -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put(FILE.name(), v.file());
                map.put(SHA_256.name(), v.sha256());
                return map;
              },
              v -> "from a file, SHA-256 " + v.sha256(),
              v -> "from a file")
          .with(
              Initialization.Given.class,
              v -> {
                throw new IllegalArgumentException("a spec has no given initial values");
              },
              v -> v.values().size() + " given, SHA-256 " + sha256(v.values()),
              v -> "given");

  /** Those of biases that have no number, by their words. */
  private static final Map<String, Initialization> BIAS_WORDS =
      Words.of(
          List.of(new Initialization.Glorot(), new Initialization.He(), new Initialization.Zeros()),
          InitializationCodec::word);

  /** Those that have no number, or a usual one, by their words. */
  public static final Map<String, Initialization> WORDS =
      Words.of(
          List.of(
              new Initialization.Glorot(),
              new Initialization.He(),
              new Initialization.Zeros(),
              new Initialization.LeCun(1),
              new Initialization.Orthogonal(1),
              new Initialization.Identity(1),
              new Initialization.Lsuv(),
              new Initialization.LeeChoiKim()),
          InitializationCodec::word);

  /**
   * Where parameters start.
   *
   * @param weights where weights do
   * @param recurrent where recurrent weights do; the same where nothing else is said
   * @param biases where biases do
   */
  public record Start(Initialization weights, Initialization recurrent, Initialization biases) {
    /** Recurrent weights start as all others. */
    public Start(Initialization weights, Initialization biases) {
      this(weights, weights, biases);
    }

    /** With other weights, which recurrent weights and biases follow where they did before. */
    public Start withWeights(Initialization other) {
      return new Start(
          other,
          recurrent.equals(weights) ? other : recurrent,
          biases.equals(InitializationCodec.biases(weights))
              ? InitializationCodec.biases(other)
              : biases);
    }
  }

  private InitializationCodec() {}

  private static String word(Initialization values) {
    return (String) KINDS.yaml(values);
  }

  private static Key<Double> withGain(String word, String description) {
    return new Key<>(
        word,
        field -> GAIN.need(field.fields(GAIN.name())).orElse(1.0),
        JsonSchema.of(description).object(List.of(GAIN), GAIN.name()));
  }

  private static double gain(Field field) {
    return field.isText()
        ? Gain.of(field.choice(GAINS)).orElseThrow()
        : field.number(Key.LEAST, Key.MOST);
  }

  private static String gain(double gain, String text) {
    return gain == 1 ? "" : ", gain " + text;
  }

  private static Object yaml(Key<Double> scheme, double gain) {
    return gain == 1 ? scheme.name() : Map.of(scheme.name(), Map.of(GAIN.name(), gain));
  }

  private static String checksum(Field field) {
    String digits = field.text(DIGITS);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw field.mustBe("64 hexadecimal digits in small letters");
    }
    return digits;
  }

  /** Reads where parameters start. */
  public static Start read(Field field) {
    if (field.isText()) {
      Initialization weights = field.choice(WORDS);
      return new Start(weights, biases(weights));
    }
    List<String> alone = new ArrayList<>(WEIGHT_KEYS);
    alone.addAll(List.of(FILE.name(), SHA_256.name()));
    List<String> known = new ArrayList<>(alone);
    known.addAll(APART);
    Fields fields = field.fields(known.toArray(String[]::new));
    if (APART.stream().noneMatch(fields::has)) {
      Initialization weights =
          fields.has(FILE.name()) || fields.has(SHA_256.name())
              ? file(field.fields(FILE.name(), SHA_256.name()))
              : weights(field);
      return new Start(weights, biases(weights));
    }
    for (String key : alone) {
      if (fields.has(key)) {
        throw fields
            .keyPlace(key)
            .error(
                key.equals(FILE.name()) || key.equals(SHA_256.name())
                    ? "%s gives weights and biases and stands alone"
                    : "%s must stand under weights, recurrent or biases here",
                key);
      }
    }
    Initialization weights = WEIGHTS.need(fields).orElse(new Initialization.Zeros());
    return new Start(
        weights,
        RECURRENT.find(fields).orElse(weights),
        BIASES.find(fields).orElse(new Initialization.Zeros()));
  }

  /**
   * Where biases start if only the weights' start is told. Schemes are about weights, and their
   * biases start at zero; a plain distribution, or a file, is for both.
   */
  private static Initialization biases(Initialization weights) {
    boolean both =
        weights instanceof Initialization.Uniform
            || weights instanceof Initialization.Normal
            || weights.isWhole();
    return both ? weights : new Initialization.Zeros();
  }

  private static Initialization file(Fields fields) {
    String file = FILE.need(fields).orElseThrow(Problems.Told::new);
    Optional<String> sha256 = SHA_256.find(fields);
    if (sha256.isPresent()) {
      return new Initialization.FromFile(file, sha256.get());
    }
    try {
      return Initialization.FromFile.of(file);
    } catch (IllegalArgumentException e) {
      throw fields.need(FILE.name()).place().error("%s", e.getMessage());
    }
  }

  private static Initialization weights(Field field) {
    return values(field, WORDS, WEIGHT_KEYS);
  }

  private static Initialization ofBiases(Field field) {
    return values(field, BIAS_WORDS, BIAS_KEYS);
  }

  private static Initialization values(
      Field field, Map<String, Initialization> words, List<String> keys) {
    if (field.isText()) {
      return field.choice(words);
    }
    Fields fields = field.fields(keys.toArray(String[]::new));
    String kind = fields.one(keys);
    Field value = fields.need(kind);
    if (kind.equals(UNIFORM.name())) {
      return new Initialization.Uniform(UNIFORM.read().apply(value));
    } else if (kind.equals(NORMAL.name())) {
      return new Initialization.Normal(NORMAL.read().apply(value));
    } else if (kind.equals(LECUN.name())) {
      return new Initialization.LeCun(LECUN.read().apply(value));
    } else if (kind.equals(IDENTITY.name())) {
      return new Initialization.Identity(IDENTITY.read().apply(value));
    }
    return new Initialization.Orthogonal(ORTHOGONAL.read().apply(value));
  }

  /**
   * As specs write it.
   *
   * @throws IllegalArgumentException of given values, which a spec has not
   */
  public static Object yaml(Start start) {
    boolean alike = start.recurrent().equals(start.weights());
    if (alike && start.biases().equals(biases(start.weights()))) {
      return KINDS.yaml(start.weights());
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(WEIGHTS.name(), KINDS.yaml(start.weights()));
    if (!alike) {
      map.put(RECURRENT.name(), KINDS.yaml(start.recurrent()));
    }
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
    JsonSchema uniform =
        JsonSchema.of("Uniform on [-bound, bound).").object(List.of(UNIFORM), UNIFORM.name());
    JsonSchema normal = JsonSchema.of("Normal with mean 0.").object(List.of(NORMAL), NORMAL.name());
    schemas.put(
        "bias-values",
        JsonSchema.ANY.anyOf(List.of(JsonSchema.ANY.words(BIAS_WORDS.keySet()), uniform, normal)));
    schemas.put(
        "values",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.words(WORDS.keySet()),
                uniform,
                normal,
                JsonSchema.of("LeCun's normal.").object(List.of(LECUN), LECUN.name()),
                JsonSchema.of("An orthogonal matrix.")
                    .object(List.of(ORTHOGONAL), ORTHOGONAL.name()),
                JsonSchema.of("A factor times the identity.")
                    .object(List.of(IDENTITY), IDENTITY.name()))));
    schemas.put(
        "initial-values",
        JsonSchema.ANY.anyOf(
            List.of(
                JsonSchema.ANY.ref("values"),
                JsonSchema.of("Weights, recurrent weights and biases apart.")
                    .object(List.of(WEIGHTS, RECURRENT, BIASES), WEIGHTS.name()),
                JsonSchema.of("All parameters from a file.")
                    .object(List.of(FILE, SHA_256), FILE.name()))));
    return schemas;
  }

  private static String sha256(List<Float> values) {
    ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(4, values.size()));
    values.forEach(bits::putFloat);
    return Sha256.of(bits.array());
  }
}
