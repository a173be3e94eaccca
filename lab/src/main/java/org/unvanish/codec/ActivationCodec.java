package org.unvanish.codec;

import static org.unvanish.codec.yaml.Numbers.exact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Problems;

/** Activations, with their scales, as specs, definitions and the schema have them. */
public final class ActivationCodec {

  /** Activation functions. */
  public static final Map<String, ActivationFunction> FUNCTIONS =
      Words.of(List.of(ActivationFunction.values()), ActivationFunction::label);

  private static final Key<ActivationFunction> FUNCTION =
      new Key<>("function", f -> f.choice(FUNCTIONS), JsonSchema.ANY.ref("function"));
  private static final Key<Double> FIXED = Key.positive("alpha", "A fixed α.");
  private static final Key<Double> LEARNED = Key.positive("learned", "Its initial value.");
  private static final Key<Boolean> SHARED =
      Key.flag("shared", "Whether all places that say so have one α.").byDefault(false);
  private static final Key<Scale> ALPHA =
      new Key<>(
          "alpha",
          ActivationCodec::alpha,
          JsonSchema.of("α of the rescaling α·f(z/α).")
              .anyOf(
                  List.of(
                      FIXED.schema(),
                      JsonSchema.of("An α that is trained.")
                          .object(List.of(LEARNED, SHARED), LEARNED.name()))));
  private static final Key<Double> NAIVE =
      Key.positive("naive", "The factor of the scaling factor·f(z).");
  private static final Key<Double> DYNAMIC =
      Key.positive("dyt", "The initial value of a trained α in f(α·z), the scale of Dynamic Tanh.");

  /** What a mapping has one of, or none. */
  private static final List<String> SCALE_KEYS =
      List.of(ALPHA.name(), NAIVE.name(), DYNAMIC.name());

  /** Of a scale: its key with its value, and what follows the function. */
  private static final Kinds<Scale, Map<String, Object>> SCALES =
      new Kinds<Scale, Map<String, Object>>("scale")
          .with(
              Scale.Fixed.class,
              scale -> Map.of(ALPHA.name(), scale.alpha()),
              scale -> ", alpha " + exact(scale.alpha()))
          .with(
              Scale.Learned.class,
              scale -> Map.of(ALPHA.name(), yaml(scale)),
              scale ->
                  (scale.shared() ? ", shared alpha" : ", alpha")
                      + " learned from "
                      + exact(scale.initialAlpha()))
          .with(
              Scale.Dynamic.class,
              scale -> Map.of(DYNAMIC.name(), scale.initialAlpha()),
              scale -> ", dynamic alpha learned from " + exact(scale.initialAlpha()))
          .with(
              Scale.Naive.class,
              scale -> Map.of(NAIVE.name(), scale.factor()),
              scale -> ", times " + exact(scale.factor()));

  private ActivationCodec() {}

  /** Reads an activation. */
  public static Activation read(Field field) {
    if (field.isText()) {
      return Activation.of(field.choice(FUNCTIONS));
    }
    Fields fields = field.fields(FUNCTION.name(), ALPHA.name(), NAIVE.name(), DYNAMIC.name());
    Optional<ActivationFunction> function = FUNCTION.need(fields);
    if (SCALE_KEYS.stream().noneMatch(fields::has)) {
      return Activation.of(function.orElseThrow(Problems.Told::new));
    }
    String key = fields.one(SCALE_KEYS);
    Scale scale = scale(key, fields.need(key));
    return new Activation(function.orElseThrow(Problems.Told::new), scale);
  }

  private static Scale scale(String key, Field value) {
    if (key.equals(ALPHA.name())) {
      return ALPHA.read().apply(value);
    }
    return key.equals(NAIVE.name())
        ? new Scale.Naive(NAIVE.read().apply(value))
        : new Scale.Dynamic(DYNAMIC.read().apply(value));
  }

  private static Scale alpha(Field field) {
    if (field.isNumber()) {
      return new Scale.Fixed(FIXED.read().apply(field));
    }
    Fields fields = field.fields(LEARNED.name(), SHARED.name());
    return new Scale.Learned(
        LEARNED.read().apply(fields.need(LEARNED.name())), SHARED.find(fields).orElse(false));
  }

  private static Map<String, Object> yaml(Scale.Learned scale) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(LEARNED.name(), scale.initialAlpha());
    if (scale.shared()) {
      map.put(SHARED.name(), true);
    }
    return map;
  }

  /** As specs write it. */
  public static Object yaml(Activation activation) {
    String function = activation.function().label();
    if (activation.equals(Activation.of(activation.function()))) {
      return function;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(FUNCTION.name(), function);
    map.putAll(SCALES.yaml(activation.scale()));
    return map;
  }

  /** As the text that identifies a run has it. */
  public static String definition(Activation activation) {
    return activation.function().label() + SCALES.definition(activation.scale());
  }

  /** The definitions {@code activation} and {@code function}. */
  public static Map<String, JsonSchema> schemas() {
    List<String> functions = new ArrayList<>(FUNCTIONS.keySet());
    functions.add(functions.indexOf("logistic") + 1, "sigmoid");
    Map<String, JsonSchema> schemas = new LinkedHashMap<>();
    schemas.put(
        "activation",
        JsonSchema.of("An activation function, scaled or not.")
            .anyOf(
                List.of(
                    JsonSchema.ANY.ref("function"),
                    JsonSchema.of("A function and its scale: alpha, naive or dyt, or none.")
                        .object(List.of(FUNCTION, ALPHA, NAIVE, DYNAMIC), FUNCTION.name())
                        .with("not", Map.of("anyOf", pairs())))));
    schemas.put(
        "function",
        JsonSchema.of(
                "logistic, or sigmoid, is 1/(1 + e^-z), log-sigmoid its logarithm; hard-sigmoid is"
                    + " PyTorch's, (z + 3)/6 between 0 and 1; gelu is the exact one.")
            .words(functions));
    return schemas;
  }

  /** No two scales. */
  private static List<Map<String, Object>> pairs() {
    return List.of(
        Map.of("required", List.of(ALPHA.name(), NAIVE.name())),
        Map.of("required", List.of(ALPHA.name(), DYNAMIC.name())),
        Map.of("required", List.of(NAIVE.name(), DYNAMIC.name())));
  }
}
