package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.keras.CallConfig.Operand;
import org.unvanish.model.keras.CallConfig.Reference;

/**
 * Reads the description of a model, which Keras keeps as JSON: a Sequential model is a list of
 * layers (alone, before Keras 2.2.3, or among the model's settings); a functional one has layers
 * with the calls of each, in two forms. What Keras itself could not read without Python code is
 * refused by its name.
 */
final class ModelParser {
  static final String EXPORT =
      "Export what was trained to ONNX: model.export(\"model.onnx\", format=\"onnx\")"
          + " in Keras 3, or with tf2onnx.";

  private static final Set<String> FUNCTIONAL = Set.of("Functional", "Model", "Network");

  private final Limits limits;
  private int layers;

  ModelParser(Limits limits) {
    this.limits = limits;
  }

  /**
   * A model and all that is within.
   *
   * @param node an object with {@code class_name} and {@code config}
   * @throws ModelRefusedException if it is not one that Keras describes as a whole
   */
  ModelConfig model(JsonNode node) {
    String className = node.path("class_name").asText("");
    if (!isModel(node)) {
      throw new ModelRefusedException(
          "the model",
          "its class "
              + (className.isEmpty() ? "is missing" : "\"" + className + "\" is Python code")
              + ", and the file does not say what it computes",
          "Build the same with keras.Sequential or keras.Model(inputs, outputs). " + EXPORT);
    }
    return model(node, "", 0);
  }

  private static boolean isModel(JsonNode node) {
    String className = node.path("class_name").asText("");
    boolean sequential = className.equals("Sequential");
    return (sequential || FUNCTIONAL.contains(className))
        && isOfKeras(node)
        && (sequential || node.path("config").has("layers"));
  }

  private static boolean isOfKeras(JsonNode node) {
    String module = node.path("module").asText("");
    return (module.isEmpty()
            || module.startsWith("keras")
            || module.startsWith("tf_keras")
            || module.startsWith("tensorflow")
            || module.equals("builtins"))
        && !node.path("registered_name").asText("").contains(">");
  }

  private ModelConfig model(JsonNode node, String prefix, int depth) {
    if (depth > limits.depth()) {
      throw new ModelRefusedException(prefix, "models are nested too deeply", "");
    }
    boolean sequential = node.path("class_name").asText().equals("Sequential");
    JsonNode config = node.path("config");
    boolean bare = config.isArray();
    JsonNode list = bare ? config : config.path("layers");
    String name = config.path("name").asText(node.path("name").asText("model"));
    String place = prefix.isEmpty() ? "the model" : "model \"" + prefix + "\"";
    if (!list.isArray() || list.isEmpty()) {
      throw new ModelRefusedException(place, "it has no layers", Hdf5.SAVE_AGAIN);
    }
    List<LayerConfig> result = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode layer : list) {
      LayerConfig read = layer(layer, prefix, depth);
      if (!names.add(read.name())) {
        throw new ModelRefusedException(read.place(), "two layers have this name", Hdf5.SAVE_AGAIN);
      }
      result.add(read);
    }
    Settings settings = new Settings(place, bare ? node : config);
    return new ModelConfig(
        name,
        settings,
        sequential,
        List.copyOf(result),
        sequential ? List.of() : ends(settings, "input_layers"),
        sequential ? List.of() : ends(settings, "output_layers"));
  }

  private LayerConfig layer(JsonNode node, String prefix, int depth) {
    if (++layers > limits.nodes()) {
      throw new ModelRefusedException("the model", "it has over " + limits.nodes() + " layers", "");
    }
    String className = node.path("class_name").asText("");
    JsonNode config = node.path("config");
    String name = node.path("name").asText(config.path("name").asText(""));
    String full = prefix.isEmpty() ? name : prefix + "/" + name;
    String place = "layer \"" + full + "\" (" + className + ")";
    if (className.isEmpty() || name.isEmpty()) {
      throw new ModelRefusedException(place, "it has no class or no name", Hdf5.SAVE_AGAIN);
    }
    if (!isOfKeras(node)) {
      throw custom(place);
    }
    Optional<ModelConfig> model =
        isModel(node) ? Optional.of(model(node, full, depth + 1)) : Optional.empty();
    Settings settings = new Settings(place, config.isArray() ? node : config);
    String module = node.path("module").asText("");
    return new LayerConfig(
        className,
        name,
        settings,
        settings.flag("trainable", true),
        module.contains(".ops") || className.equals("TFOpLambda"),
        calls(place, node.path("inbound_nodes")),
        model,
        model.isPresent() ? List.of() : inner(className, settings, full, depth));
  }

  /** A layer that is only in its author's program. */
  static ModelRefusedException custom(String place) {
    return new ModelRefusedException(
        place,
        "this is a class of your own, whose Python code is not in the file",
        "Replace it by layers of Keras. " + EXPORT);
  }

  private List<LayerConfig> inner(String className, Settings settings, String full, int depth) {
    if (depth > limits.depth()) {
      throw new ModelRefusedException(settings.place(), "layers are nested too deeply", "");
    }
    List<LayerConfig> result = new ArrayList<>();
    if (className.equals("Bidirectional") || className.equals("TimeDistributed")) {
      result.add(layer(settings.get("layer"), full, depth + 1));
    }
    if (className.equals("Bidirectional")) {
      JsonNode backward = settings.get("backward_layer");
      result.add(layer(backward.isObject() ? backward : settings.get("layer"), full, depth + 1));
    }
    return List.copyOf(result);
  }

  private static List<Reference> ends(Settings settings, String name) {
    List<Reference> result = new ArrayList<>();
    JsonNode ends = settings.get(name);
    if (isReference(ends)) {
      result.add(reference(settings.place(), ends));
    } else {
      ends.elements().forEachRemaining(end -> result.add(reference(settings.place(), end)));
    }
    if (result.isEmpty()) {
      throw settings.refused(name, "there are none");
    }
    return List.copyOf(result);
  }

  private List<CallConfig> calls(String place, JsonNode nodes) {
    List<CallConfig> result = new ArrayList<>();
    for (JsonNode node : nodes) {
      result.add(node.isObject() ? keras3Call(place, node) : keras2Call(place, node));
    }
    return List.copyOf(result);
  }

  /** Keras 2: a list of [layer, call, output, named arguments], or one of these alone. */
  private static CallConfig keras2Call(String place, JsonNode node) {
    List<Operand> operands = new ArrayList<>();
    Map<String, List<Reference>> named = new LinkedHashMap<>();
    List<JsonNode> inputs = new ArrayList<>();
    if (isReference(node)) {
      inputs.add(node);
    } else {
      node.elements().forEachRemaining(inputs::add);
    }
    for (JsonNode input : inputs) {
      if (input.path(0).asText().equals("_CONSTANT_VALUE")) {
        operands.add(new Operand(Optional.empty(), number(place, input.path(2))));
        continue;
      }
      operands.add(new Operand(Optional.of(reference(place, input)), 0));
      input
          .path(3)
          .properties()
          .forEach(
              argument -> {
                List<Reference> tensors = keras2Tensors(place, argument.getValue());
                if (!tensors.isEmpty()) {
                  named.put(argument.getKey(), tensors);
                } else if (argument.getValue().isNumber() && argument.getKey().equals("y")) {
                  operands.add(new Operand(Optional.empty(), argument.getValue().doubleValue()));
                }
              });
    }
    return new CallConfig(List.copyOf(operands), Map.copyOf(named));
  }

  private static List<Reference> keras2Tensors(String place, JsonNode value) {
    List<Reference> result = new ArrayList<>();
    if (isReference(value)) {
      result.add(reference(place, value));
    } else if (value.isArray()) {
      for (JsonNode one : value) {
        if (isReference(one)) {
          result.add(reference(place, one));
        }
      }
    }
    return List.copyOf(result);
  }

  /** Keras 3: args and kwargs, in which tensors are objects with a keras_history. */
  private CallConfig keras3Call(String place, JsonNode node) {
    List<Operand> operands = new ArrayList<>();
    for (JsonNode argument : node.path("args")) {
      if (argument.isNumber()) {
        operands.add(new Operand(Optional.empty(), number(place, argument)));
      }
      for (Reference tensor : keras3Tensors(place, argument, 0)) {
        operands.add(new Operand(Optional.of(tensor), 0));
      }
    }
    Map<String, List<Reference>> named = new LinkedHashMap<>();
    node.path("kwargs")
        .properties()
        .forEach(
            argument -> {
              List<Reference> tensors = keras3Tensors(place, argument.getValue(), 0);
              if (!tensors.isEmpty()) {
                named.put(argument.getKey(), tensors);
              }
            });
    return new CallConfig(List.copyOf(operands), Map.copyOf(named));
  }

  private List<Reference> keras3Tensors(String place, JsonNode value, int depth) {
    if (depth > limits.depth()) {
      throw new ModelRefusedException(place, "its arguments are nested too deeply", "");
    }
    if (value.path("class_name").asText("").equals("__keras_tensor__")) {
      return List.of(reference(place, value.path("config").path("keras_history")));
    }
    List<Reference> result = new ArrayList<>();
    value.elements().forEachRemaining(one -> result.addAll(keras3Tensors(place, one, depth + 1)));
    return result;
  }

  private static boolean isReference(JsonNode node) {
    return node.isArray() && node.path(0).isTextual() && node.path(1).isInt();
  }

  private static Reference reference(String place, JsonNode node) {
    if (!isReference(node) || !node.path(2).isInt()) {
      throw new ModelRefusedException(
          place, "what it is called with is not a layer's output", Hdf5.SAVE_AGAIN);
    }
    return new Reference(node.get(0).asText(), node.get(1).intValue(), node.get(2).intValue());
  }

  private static double number(String place, JsonNode node) {
    if (!node.isNumber()) {
      throw new ModelRefusedException(place, "it is called with an array of constants", EXPORT);
    }
    return node.doubleValue();
  }
}
